UPDATE erasure SET quarantined = quarantined + 1 WHERE id = ?1;
