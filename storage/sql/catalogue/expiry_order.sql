INSERT INTO expiry(environment, kept_from, ordered, change) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT(environment) DO UPDATE
SET kept_from = excluded.kept_from, ordered = excluded.ordered, change = excluded.change, finished = NULL
WHERE excluded.kept_from > kept_from
RETURNING environment;
