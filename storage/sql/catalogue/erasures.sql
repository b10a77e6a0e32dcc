SELECT id, environment, unit, ordered, change, linked, linked_too, quarantined, finished, lifted
FROM erasure
ORDER BY id;
