SELECT environment, stored, duplicate, conflict, quarantined, refused FROM ledger ORDER BY environment;
