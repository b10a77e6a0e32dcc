INSERT INTO receipt(name, request, at, answer) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING RETURNING at;
