INSERT INTO quarantine(environment, name, body) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING;
