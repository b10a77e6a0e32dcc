SELECT seq, digest FROM chain_head WHERE one = 1;
