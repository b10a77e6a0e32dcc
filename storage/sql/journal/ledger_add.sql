INSERT INTO ledger(environment, stored, duplicate, conflict, quarantined, refused)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT(environment) DO UPDATE SET
  stored = stored + excluded.stored,
  duplicate = duplicate + excluded.duplicate,
  conflict = conflict + excluded.conflict,
  quarantined = quarantined + excluded.quarantined,
  refused = refused + excluded.refused;
