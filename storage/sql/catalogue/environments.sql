SELECT e.id, e.project, e.key,
       (e.epoch << 32) + coalesce((SELECT max(c.seq) FROM change AS c WHERE c.environment = e.id), 0)
FROM environment AS e
ORDER BY e.id;
