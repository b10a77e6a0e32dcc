INSERT INTO ledger_line(environment, hour, key, experiment, stored, duplicate, conflict, quarantined, refused)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT(environment, hour, key, experiment) DO UPDATE SET
  stored = stored + excluded.stored,
  duplicate = duplicate + excluded.duplicate,
  conflict = conflict + excluded.conflict,
  quarantined = quarantined + excluded.quarantined,
  refused = refused + excluded.refused;
