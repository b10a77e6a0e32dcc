DELETE FROM session WHERE person = ?1 AND sha256 <> ?2;
