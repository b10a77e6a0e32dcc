-- Counts of every group commit of this file, in the group's own transaction: by hour of receipt, key, and the experiment
-- of exposures (empty for everything else). What was counted before there were lines stands under hour 0.
CREATE TABLE ledger_line(
  environment INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  key INTEGER NOT NULL,
  experiment TEXT NOT NULL,
  stored INTEGER NOT NULL,
  duplicate INTEGER NOT NULL,
  conflict INTEGER NOT NULL,
  quarantined INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  PRIMARY KEY(environment, hour, key, experiment)
) STRICT, WITHOUT ROWID;

INSERT INTO ledger_line SELECT environment, 0, 0, '', stored, duplicate, conflict, quarantined, refused FROM ledger;

DROP TABLE ledger;

PRAGMA user_version = 2;
