UPDATE erasure SET finished = coalesce(finished, ?2) WHERE id = ?1;
