SELECT sha256, person, opened, seen FROM session WHERE person = ?1 ORDER BY opened;
