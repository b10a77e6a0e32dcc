INSERT INTO erasure(environment, unit, ordered, change, linked, linked_too)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT DO NOTHING
RETURNING id;
