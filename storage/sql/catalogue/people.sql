SELECT id, environment, email, name, role, password, created, disabled FROM person WHERE environment = ?1 ORDER BY id;
