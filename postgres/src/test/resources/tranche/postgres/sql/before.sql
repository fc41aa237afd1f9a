CREATE SCHEMA store;
CREATE SCHEMA other;
SET search_path = store;
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TYPE pair AS (x int, y int);
CREATE DOMAIN positive AS int CONSTRAINT is_positive CHECK (VALUE > 0);
CREATE DOMAIN plain AS int;
CREATE TABLE team (id int PRIMARY KEY, name text, tenant_id text);
CREATE TABLE issue (
  id int PRIMARY KEY,
  team_id int,
  title varchar(50),
  body text,
  amount numeric(10, 2),
  state text DEFAULT 'open',
  made timestamptz,
  feeling mood,
  checked positive,
  n int NOT NULL DEFAULT 1,
  g int GENERATED ALWAYS AS (id * 2) STORED,
  CONSTRAINT amount_is_positive CHECK (amount >= 0));
CREATE INDEX issue_by_team ON issue (team_id);
CREATE TABLE loose (id int NOT NULL, a int, b text, c varchar(50), during int4range);
CREATE UNIQUE INDEX loose_id ON loose (id);
CREATE TABLE numbered (id int GENERATED ALWAYS AS IDENTITY, v int);
CREATE TABLE event (id int, at date) PARTITION BY RANGE (at);
CREATE TABLE event_2025 PARTITION OF event FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE event_2026 (id int, at date);
CREATE TABLE other.thing (id int);
CREATE VIEW open_issue AS SELECT id, title FROM issue WHERE state = 'open';
CREATE MATERIALIZED VIEW totals AS SELECT state, count(*) AS n FROM issue GROUP BY state;
CREATE UNIQUE INDEX totals_state ON totals (state);
CREATE SEQUENCE counter;
CREATE STATISTICS issue_stats (dependencies) ON team_id, state FROM issue;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.made := now(); RETURN NEW; END';
CREATE FUNCTION plus(a int, b int DEFAULT 1) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT a + b';
CREATE TRIGGER touched BEFORE UPDATE ON issue FOR EACH ROW EXECUTE FUNCTION touch();
CREATE POLICY own_only ON team USING (tenant_id = current_setting('app.tenant', true));
CREATE RULE no_delete AS ON DELETE TO other.thing DO INSTEAD NOTHING;
CREATE PUBLICATION feed FOR TABLE team;
INSERT INTO team VALUES (1, 'one', 'acme');
INSERT INTO issue (id, team_id, title, body, amount, state, made, feeling, checked)
  SELECT i, 1, 'title', 'body', 1, 'open', now(), 'ok', 1 FROM generate_series(1, 50) i;
INSERT INTO loose SELECT i, i, 'b' FROM generate_series(1, 50) i;
INSERT INTO numbered (v) VALUES (1), (2);
INSERT INTO event VALUES (1, '2025-03-03');
INSERT INTO event_2026 VALUES (1, '2026-03-03');
REFRESH MATERIALIZED VIEW totals;
ALTER TABLE issue ADD CONSTRAINT body_is_there CHECK (body IS NOT NULL) NOT VALID;
