-- The control database: who may act, what is planned, what was decided and done, what runs.
-- No table holds a secret: neither releases nor plans nor events carry any.

-- One row for ever. Writes lock it, a takeover updates it: they exclude each other.
CREATE TABLE tranche_control.lease (
  name text PRIMARY KEY,
  holder text,
  epoch bigint NOT NULL,
  expires_at timestamptz,
  CHECK ((holder IS NULL) = (expires_at IS NULL))
) WITH (fillfactor = 10);

INSERT INTO tranche_control.lease (name, epoch) VALUES ('control', 0);

-- One row for ever. Its lock puts appends one after the other, so that sequence numbers become
-- visible in their order; a sequence would not promise that.
CREATE TABLE tranche_control.journal_head (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  seq bigint NOT NULL
) WITH (fillfactor = 10);

INSERT INTO tranche_control.journal_head (seq) VALUES (0);

CREATE TABLE tranche_control.release (
  name text PRIMARY KEY,
  number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  hash text NOT NULL,
  folder text NOT NULL,
  content jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE tranche_control.plan (
  hash text COLLATE "C" PRIMARY KEY,
  number bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  saved_at timestamptz NOT NULL,
  content jsonb NOT NULL
);

CREATE INDEX plan_by_time ON tranche_control.plan (saved_at DESC, number DESC);

CREATE TABLE tranche_control.rollout (
  id text PRIMARY KEY,
  number bigint NOT NULL UNIQUE,
  plan text COLLATE "C" NOT NULL REFERENCES tranche_control.plan (hash),
  started_by text NOT NULL,
  started_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  ended_at timestamptz
) WITH (fillfactor = 50);

-- One rollout at a time, whatever the code does.
CREATE UNIQUE INDEX one_unfinished_rollout
  ON tranche_control.rollout ((true))
  WHERE ended_at IS NULL;

CREATE TABLE tranche_control.journal (
  seq bigint PRIMARY KEY,
  rollout text NOT NULL REFERENCES tranche_control.rollout (id),
  at timestamptz NOT NULL,
  epoch bigint NOT NULL,
  append uuid NOT NULL,
  event jsonb NOT NULL
);

CREATE UNIQUE INDEX journal_by_rollout ON tranche_control.journal (rollout, seq);
CREATE INDEX journal_by_append ON tranche_control.journal (append);

CREATE TABLE tranche_control.ledger (
  tenant text PRIMARY KEY,
  release text NOT NULL,
  since timestamptz NOT NULL,
  rollout text REFERENCES tranche_control.rollout (id)
);

CREATE TABLE tranche_control.desired_arm (
  cell text NOT NULL,
  release text NOT NULL,
  instances integer NOT NULL CHECK (instances > 0),
  PRIMARY KEY (cell, release)
);

CREATE TABLE tranche_control.idempotency_key (
  key text PRIMARY KEY CHECK (length(key) BETWEEN 1 AND 255),
  request_hash text NOT NULL,
  token uuid NOT NULL,
  status integer,
  body text CHECK (length(body) <= 1000000),
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK ((status IS NULL) = (body IS NULL))
);

CREATE INDEX idempotency_key_by_age ON tranche_control.idempotency_key (created_at);

-- History is append-only (I12). The owner of a table cannot be denied its rights for good, so the
-- table refuses by itself.
CREATE FUNCTION tranche_control.refuse_change() RETURNS trigger
LANGUAGE plpgsql
AS $$
BEGIN
  RAISE EXCEPTION 'tranche_control.% is append-only', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER append_only
  BEFORE UPDATE OR DELETE OR TRUNCATE ON tranche_control.journal
  FOR EACH STATEMENT EXECUTE FUNCTION tranche_control.refuse_change();

CREATE TRIGGER append_only
  BEFORE UPDATE OR DELETE OR TRUNCATE ON tranche_control.plan
  FOR EACH STATEMENT EXECUTE FUNCTION tranche_control.refuse_change();
