UPDATE session SET seen = max(seen, ?2) WHERE sha256 = ?1;
