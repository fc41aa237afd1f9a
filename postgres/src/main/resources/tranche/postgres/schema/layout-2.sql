-- What one database knows about its stores. `target` is the name of a store's schema.
CREATE TABLE tranche.layout (version integer NOT NULL);
INSERT INTO tranche.layout VALUES (2);

-- The highest fencing number of a control plane that each store has seen.
CREATE TABLE tranche.fence (target text PRIMARY KEY, epoch bigint NOT NULL);

-- Everything that was ever run. A row that no longer describes the store has ended_at.
CREATE TABLE tranche.history (
  target text NOT NULL,
  key text NOT NULL,
  kind text NOT NULL,
  description text NOT NULL,
  script text NOT NULL,
  checksum text NOT NULL,
  phase text NOT NULL,
  digest text NOT NULL,
  applied_at timestamptz NOT NULL,
  applied_by text NOT NULL,
  person text NOT NULL,
  duration_ms bigint NOT NULL,
  run text NOT NULL,
  fence bigint NOT NULL,
  rows bigint NOT NULL,
  ended_at timestamptz,
  ended_by text,
  PRIMARY KEY (target, key, applied_at));
