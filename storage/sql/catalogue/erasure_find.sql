SELECT id, environment, unit, ordered, change, linked, linked_too, quarantined, finished, lifted
FROM erasure
WHERE environment = ?1 AND unit = ?2 AND lifted IS NULL;
