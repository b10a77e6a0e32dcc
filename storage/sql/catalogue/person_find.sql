SELECT id, environment, email, name, role, password, created, disabled FROM person WHERE email = ?1;
