UPDATE setup_token SET used = ?2 WHERE sha256 = ?1 AND used IS NULL AND expires > ?2 RETURNING expires;
