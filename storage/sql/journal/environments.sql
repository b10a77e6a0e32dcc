-- Those that have segments; steps from one to the next over the index.
WITH RECURSIVE met(environment) AS (
  SELECT min(environment) FROM segment
  UNION ALL
  SELECT (SELECT min(environment) FROM segment WHERE environment > met.environment) FROM met WHERE met.environment IS NOT NULL
)
SELECT environment FROM met WHERE environment IS NOT NULL;
