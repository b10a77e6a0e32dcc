SELECT at, path, last_seq FROM backup ORDER BY id;
