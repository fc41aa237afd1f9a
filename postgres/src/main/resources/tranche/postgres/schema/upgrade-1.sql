-- From layout 1, which knew rollouts only: versions, one row each.
ALTER TABLE tranche.history DROP CONSTRAINT history_pkey;
ALTER TABLE tranche.history RENAME COLUMN version TO key;
ALTER TABLE tranche.history RENAME COLUMN rollout TO run;
ALTER TABLE tranche.history
  ADD PRIMARY KEY (target, key, applied_at),
  ADD COLUMN kind text NOT NULL DEFAULT 'versioned',
  ADD COLUMN script text NOT NULL DEFAULT '',
  ADD COLUMN digest text NOT NULL DEFAULT '',
  ADD COLUMN person text NOT NULL DEFAULT '',
  ADD COLUMN ended_at timestamptz,
  ADD COLUMN ended_by text;
ALTER TABLE tranche.history
  ALTER COLUMN kind DROP DEFAULT,
  ALTER COLUMN script DROP DEFAULT,
  ALTER COLUMN digest DROP DEFAULT,
  ALTER COLUMN person DROP DEFAULT;
UPDATE tranche.layout SET version = 2;
