INSERT INTO person(environment, email, name, role, password, created)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT(email) DO NOTHING
RETURNING id;
