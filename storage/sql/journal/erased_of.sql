SELECT seq, fingerprint FROM erased WHERE erasure = ?1 AND seq <= ?2 ORDER BY seq;
