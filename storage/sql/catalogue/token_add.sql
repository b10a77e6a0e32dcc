INSERT INTO setup_token(sha256, expires) VALUES (?1, ?2);
