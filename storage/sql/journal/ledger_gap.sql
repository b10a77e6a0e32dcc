SELECT coalesce(s.environment, l.environment), coalesce(s.stored, 0), coalesce(l.stored, 0)
FROM (SELECT environment, sum(rows) AS stored
      FROM (SELECT environment, rows FROM segment
            UNION ALL SELECT environment, 1 FROM erased
            UNION ALL SELECT environment, last_seq - first_seq + 1 FROM expired)
      GROUP BY environment) AS s
FULL JOIN (SELECT environment, sum(stored) AS stored FROM ledger_line GROUP BY environment) AS l
  ON l.environment = s.environment
WHERE coalesce(s.stored, 0) <> coalesce(l.stored, 0)
LIMIT 1;
