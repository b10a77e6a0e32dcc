SELECT sha256, person, opened, seen FROM session WHERE sha256 = ?1;
