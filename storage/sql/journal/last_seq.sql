-- Segments of one environment lie in a row; those of several may reach over each other.
WITH RECURSIVE met(environment) AS (
  SELECT min(environment) FROM segment
  UNION ALL
  SELECT (SELECT min(environment) FROM segment WHERE environment > met.environment) FROM met WHERE met.environment IS NOT NULL
)
SELECT max(coalesce((SELECT max((SELECT last_seq FROM segment WHERE environment = met.environment
                                 ORDER BY first_seq DESC LIMIT 1))
                     FROM met WHERE environment IS NOT NULL), 0),
           coalesce((SELECT max(seq) FROM erased), 0),
           coalesce((SELECT max(last_seq) FROM expired), 0));
