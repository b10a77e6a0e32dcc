PRAGMA query_only = ON;
PRAGMA mmap_size = 0;
PRAGMA cell_size_check = ON;
