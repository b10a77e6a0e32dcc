SELECT environment, sum(stored), sum(duplicate), sum(conflict), sum(quarantined), sum(refused)
FROM ledger_line
GROUP BY environment
ORDER BY environment;
