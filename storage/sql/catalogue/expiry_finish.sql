UPDATE expiry SET finished = ?2 WHERE environment = ?1;
