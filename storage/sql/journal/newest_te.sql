SELECT max(max_te) FROM segment WHERE environment = ?1;
