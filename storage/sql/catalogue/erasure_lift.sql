UPDATE erasure SET lifted = ?3 WHERE environment = ?1 AND unit = ?2 AND lifted IS NULL RETURNING id;
