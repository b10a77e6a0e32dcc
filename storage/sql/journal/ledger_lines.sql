SELECT hour, key, experiment, stored, duplicate, conflict, quarantined, refused
FROM ledger_line
WHERE environment = ?1 AND hour >= ?2 AND hour < ?3
ORDER BY hour, key, experiment;
