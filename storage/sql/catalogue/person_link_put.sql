INSERT INTO person_link(person, sha256, expires) VALUES (?1, ?2, ?3)
ON CONFLICT(person) DO UPDATE SET sha256 = excluded.sha256, expires = excluded.expires;
