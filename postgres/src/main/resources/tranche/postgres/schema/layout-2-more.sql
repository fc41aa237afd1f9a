-- One row per store: the status of a whole fleet is one select. Updated by every change, so there
-- is room for a new version of each row in its page. foreign_mark changes with the history that
-- another tool keeps of the store.
CREATE TABLE tranche.store (
  target text PRIMARY KEY,
  version text NOT NULL DEFAULT '0',
  fingerprint bigint NOT NULL DEFAULT 0,
  kind text NOT NULL DEFAULT 'tranche',
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  run text NOT NULL DEFAULT '',
  failure text,
  foreign_mark text) WITH (fillfactor = 60);

-- What was executed and what takes it back, once for all stores on which it is the same.
-- undo is NULL if nobody knows, and empty if nothing needs to be taken back.
CREATE TABLE tranche.script (
  digest text PRIMARY KEY,
  forward text NOT NULL,
  undo text[],
  loses text[] NOT NULL,
  is_generated boolean NOT NULL,
  unknown_why text NOT NULL);

-- A script outside of a transaction that has begun and not ended.
CREATE TABLE tranche.progress (
  target text PRIMARY KEY,
  key text NOT NULL,
  checksum text NOT NULL,
  done integer NOT NULL,
  total integer NOT NULL,
  run text NOT NULL,
  changed_at timestamptz NOT NULL);

-- Who may write, and until when by this server's clock.
CREATE TABLE tranche.run (
  run text PRIMARY KEY,
  begun_at timestamptz NOT NULL,
  until timestamptz NOT NULL);

-- Which server process works for which run. A process id alone is used again by later ones.
CREATE TABLE tranche.session (
  pid integer NOT NULL,
  backend_start timestamptz NOT NULL,
  run text NOT NULL,
  PRIMARY KEY (pid, backend_start));
