UPDATE person SET name = ?2, role = ?3, password = ?4, disabled = ?5 WHERE id = ?1 RETURNING id;
