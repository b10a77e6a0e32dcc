UPDATE chain_head SET seq = ?1, digest = ?2 WHERE one = 1;
