-- The first that begins before the one before it ends, in one environment.
SELECT first_seq, before
FROM (SELECT first_seq, lag(last_seq) OVER (PARTITION BY environment ORDER BY first_seq) AS before FROM segment)
WHERE before >= first_seq
LIMIT 1;
