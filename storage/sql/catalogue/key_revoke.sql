UPDATE api_key SET revoked = coalesce(revoked, ?3) WHERE environment = ?1 AND id = ?2 RETURNING id;
