SELECT environment, key, experiment, sum(stored), sum(duplicate), sum(conflict), sum(quarantined), sum(refused)
FROM ledger_line
GROUP BY environment, key, experiment
ORDER BY environment, key, experiment;
