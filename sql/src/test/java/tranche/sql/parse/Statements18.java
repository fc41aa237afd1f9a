package tranche.sql.parse;

import java.util.List;

/// One statement each of what PostgreSQL 18 understands, with the kind of node that it becomes.
final class Statements18 {
  private Statements18() {}

  /// A statement and its kind.
  record Sample(String kind, String sql) {}

  /// All of them.
  static List<Sample> all() {
    return LINES
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .map(line -> line.split(" \\| ", 2))
        .map(parts -> new Sample(parts[0], parts[1]))
        .toList();
  }

  private static final String LINES =
      """
      CreateStmt | CREATE TABLE a (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n text \
      COLLATE "C" NOT NULL)
      CreateStmt | CREATE TABLE a (b int, c int GENERATED ALWAYS AS (b * 2) VIRTUAL, d int \
      GENERATED ALWAYS AS (b) STORED)
      CreateStmt | CREATE TABLE a (id int, during daterange, PRIMARY KEY (id, during WITHOUT OVERLAPS))
      CreateStmt | CREATE TABLE a (b int, FOREIGN KEY (b) REFERENCES c (d) ON DELETE SET NULL (b) \
      NOT ENFORCED)
      CreateStmt | CREATE UNLOGGED TABLE IF NOT EXISTS s.a (LIKE b INCLUDING ALL) WITH (fillfactor \
      = 70) TABLESPACE fast
      CreateStmt | CREATE TABLE p (a int, t timestamptz) PARTITION BY RANGE (t)
      CreateStmt | CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2026-01-01') TO (MAXVALUE)
      CreateStmt | CREATE TABLE e (a int, EXCLUDE USING gist (r WITH &&) WHERE (a > 0))
      CreateForeignTableStmt | CREATE FOREIGN TABLE f (a int OPTIONS (column_name 'x')) SERVER s
      CreateTableAsStmt | CREATE TABLE a AS SELECT * FROM b WITH NO DATA
      CreateTableAsStmt | CREATE MATERIALIZED VIEW m AS SELECT count(*) FROM b
      AlterTableStmt | ALTER TABLE a ADD COLUMN IF NOT EXISTS b jsonb DEFAULT '{}'::jsonb NOT NULL, \
      DROP COLUMN c CASCADE
      AlterTableStmt | ALTER TABLE ONLY a ALTER b TYPE numeric(10, 2) USING b::numeric, ALTER c SET \
      STATISTICS 500
      AlterTableStmt | ALTER TABLE a ADD CONSTRAINT c NOT NULL b NOT VALID
      AlterTableStmt | ALTER TABLE a ALTER CONSTRAINT c DEFERRABLE INITIALLY DEFERRED
      AlterTableStmt | ALTER TABLE a ADD CONSTRAINT u UNIQUE NULLS NOT DISTINCT (b, c)
      AlterTableStmt | ALTER TABLE a ADD CONSTRAINT u PRIMARY KEY USING INDEX i, VALIDATE CONSTRAINT w
      AlterTableStmt | ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY
      AlterTableStmt | ALTER TABLE p ATTACH PARTITION p2 DEFAULT
      AlterTableStmt | ALTER TABLE a ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY, REPLICA \
      IDENTITY FULL
      AlterTableStmt | ALTER TABLE a SET (autovacuum_enabled = false), CLUSTER ON i, SET LOGGED
      AlterTableStmt | ALTER INDEX i SET (fillfactor = 80)
      AlterTableMoveAllStmt | ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b
      RenameStmt | ALTER TABLE a RENAME COLUMN b TO c
      RenameStmt | ALTER TABLE a RENAME TO b
      AlterEnumStmt | ALTER TYPE t RENAME VALUE 'a' TO 'b'
      AlterObjectSchemaStmt | ALTER TABLE a SET SCHEMA s
      AlterOwnerStmt | ALTER SCHEMA s OWNER TO CURRENT_USER
      AlterObjectDependsStmt | ALTER FUNCTION f(int) DEPENDS ON EXTENSION x
      DropStmt | DROP TABLE IF EXISTS a, s.b CASCADE
      DropStmt | DROP INDEX CONCURRENTLY i
      DropStmt | DROP FUNCTION f(int, text), g
      TruncateStmt | TRUNCATE a, ONLY b RESTART IDENTITY CASCADE
      IndexStmt | CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON a USING btree (lower(b) \
      text_pattern_ops DESC NULLS LAST)
      IndexStmt | CREATE INDEX ON ONLY a (b) INCLUDE (c) WITH (deduplicate_items = off) WHERE c IS NOT NULL
      ReindexStmt | REINDEX (VERBOSE, CONCURRENTLY) INDEX i
      ViewStmt | CREATE OR REPLACE RECURSIVE VIEW v (n) AS VALUES (1) UNION ALL SELECT n + 1 FROM v \
      WHERE n < 9
      ViewStmt | CREATE VIEW v WITH (security_invoker) AS SELECT 1 WITH LOCAL CHECK OPTION
      RefreshMatViewStmt | REFRESH MATERIALIZED VIEW CONCURRENTLY m
      CreateSeqStmt | CREATE SEQUENCE s AS bigint INCREMENT 10 MINVALUE 1 CACHE 5 OWNED BY a.b
      AlterSeqStmt | ALTER SEQUENCE s RESTART WITH 100
      CreateEnumStmt | CREATE TYPE mood AS ENUM ('sad', 'ok')
      AlterEnumStmt | ALTER TYPE mood ADD VALUE IF NOT EXISTS 'happy' AFTER 'ok'
      CompositeTypeStmt | CREATE TYPE pair AS (a int, b text)
      CreateRangeStmt | CREATE TYPE r AS RANGE (subtype = float8, multirange_type_name = mr)
      CreateDomainStmt | CREATE DOMAIN d AS text CHECK (VALUE ~ '^a') NOT NULL
      AlterDomainStmt | ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE <> '') NOT VALID
      DefineStmt | CREATE COLLATION c (provider = icu, locale = 'de-u-co-phonebk', deterministic = false)
      CreateSchemaStmt | CREATE SCHEMA IF NOT EXISTS s AUTHORIZATION r
      CreateExtensionStmt | CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA s VERSION '1.6' CASCADE
      CreateFunctionStmt | CREATE FUNCTION f(a int, VARIADIC b text[] DEFAULT '{}') RETURNS SETOF t \
      LANGUAGE sql STABLE AS 'SELECT 1'
      CreateFunctionStmt | CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE \
      WHEN true THEN 1 END; SELECT 2; END
      CreateFunctionStmt | CREATE PROCEDURE p(INOUT a int) LANGUAGE plpgsql AS $x$ BEGIN COMMIT; END $x$
      AlterFunctionStmt | ALTER FUNCTION f(int) SET search_path = s, pg_temp
      DoStmt | DO LANGUAGE plpgsql $$ BEGIN PERFORM 1; END $$
      CallStmt | CALL p(1, b => 2)
      CreateTrigStmt | CREATE CONSTRAINT TRIGGER t AFTER INSERT OR UPDATE OF a ON b DEFERRABLE FOR \
      EACH ROW EXECUTE FUNCTION f()
      CreateTrigStmt | CREATE TRIGGER t AFTER UPDATE ON b REFERENCING OLD TABLE AS o NEW TABLE AS n \
      EXECUTE FUNCTION f('x')
      CreateEventTrigStmt | CREATE EVENT TRIGGER e ON ddl_command_end WHEN TAG IN ('DROP TABLE') \
      EXECUTE FUNCTION f()
      RuleStmt | CREATE RULE r AS ON INSERT TO v DO INSTEAD (INSERT INTO a VALUES (NEW.x); NOTIFY c)
      CreatePolicyStmt | CREATE POLICY p ON a AS RESTRICTIVE FOR SELECT TO PUBLIC USING (tenant = \
      current_setting('t'))
      AlterPolicyStmt | ALTER POLICY p ON a WITH CHECK (true)
      CreateStatsStmt | CREATE STATISTICS s (ndistinct, dependencies) ON a, (lower(b)) FROM t
      CommentStmt | COMMENT ON CONSTRAINT c ON t IS NULL
      SecLabelStmt | SECURITY LABEL FOR x ON TABLE t IS 'secret'
      GrantStmt | GRANT SELECT (a, b), UPDATE ON TABLE t TO r WITH GRANT OPTION
      GrantStmt | REVOKE ALL ON ALL TABLES IN SCHEMA s FROM PUBLIC
      GrantRoleStmt | GRANT a TO b WITH INHERIT FALSE, SET TRUE
      AlterDefaultPrivilegesStmt | ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO r
      CreateRoleStmt | CREATE ROLE r LOGIN PASSWORD NULL CONNECTION LIMIT 5
      AlterRoleStmt | ALTER ROLE r BYPASSRLS
      AlterRoleSetStmt | ALTER ROLE r IN DATABASE d SET statement_timeout = '5s'
      DropRoleStmt | DROP ROLE IF EXISTS r
      ReassignOwnedStmt | REASSIGN OWNED BY a TO b
      DropOwnedStmt | DROP OWNED BY a
      CreatedbStmt | CREATE DATABASE d TEMPLATE t LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' \
      STRATEGY file_copy
      DropdbStmt | DROP DATABASE d WITH (FORCE)
      AlterDatabaseSetStmt | ALTER DATABASE d SET timezone TO 'UTC'
      CreatePublicationStmt | CREATE PUBLICATION p FOR TABLE a (b) WHERE (b > 0), TABLES IN SCHEMA \
      s WITH (publish_generated_columns = stored)
      CreateSubscriptionStmt | CREATE SUBSCRIPTION s CONNECTION 'host=x' PUBLICATION p WITH (failover = true)
      CreateCastStmt | CREATE CAST (a AS b) WITH FUNCTION f(a) AS ASSIGNMENT
      DefineStmt | CREATE OPERATOR === (LEFTARG = a, RIGHTARG = a, FUNCTION = f)
      DefineStmt | CREATE AGGREGATE g (int) (SFUNC = f, STYPE = int)
      InsertStmt | INSERT INTO a AS x (b, c) OVERRIDING SYSTEM VALUE VALUES (1, DEFAULT) ON \
      CONFLICT (b) WHERE c DO UPDATE SET c = excluded.c
      InsertStmt | INSERT INTO a SELECT 1 RETURNING WITH (OLD AS o, NEW AS n) o.b, n.b
      UpdateStmt | UPDATE ONLY a SET (b, c) = (SELECT 1, 2), d[1] = 3 FROM e WHERE CURRENT OF cur
      DeleteStmt | DELETE FROM a USING b WHERE a.x = b.x RETURNING *
      MergeStmt | MERGE INTO a USING b ON a.i = b.i WHEN MATCHED THEN DELETE WHEN NOT MATCHED BY \
      SOURCE THEN UPDATE SET c = 1
      SelectStmt | WITH RECURSIVE t(n) AS MATERIALIZED (SELECT 1) SEARCH DEPTH FIRST BY n SET o \
      SELECT * FROM t
      SelectStmt | SELECT DISTINCT ON (a) a, sum(b) FILTER (WHERE c) OVER (PARTITION BY d ORDER BY \
      e ROWS 1 PRECEDING) FROM f
      SelectStmt | SELECT a FROM b, LATERAL (SELECT 1) x LEFT JOIN c USING (d) GROUP BY GROUPING \
      SETS ((a), ()) HAVING true
      SelectStmt | SELECT JSON_VALUE(a, '$.b' RETURNING int DEFAULT 0 ON EMPTY), JSON_OBJECT('k' : \
      1), b IS JSON ARRAY FROM c
      SelectStmt | SELECT * FROM JSON_TABLE(j, '$[*]' COLUMNS (id FOR ORDINALITY, a int PATH '$.a')) t
      SelectStmt | SELECT 0x1F, 0b101, 1_000_000, E'a\\'b', U&'\\0041', B'1', $1, 'a'::text COLLATE \
      "x", a AT TIME ZONE 'UTC'
      SelectStmt | TABLE a ORDER BY 1 USING < FETCH FIRST 3 ROWS WITH TIES FOR UPDATE OF a NOWAIT
      CopyStmt | COPY a (b, c) FROM STDIN WITH (FORMAT csv, HEADER match, ON_ERROR ignore, REJECT_LIMIT 3)
      CopyStmt | COPY (SELECT 1) TO PROGRAM 'cat'
      LockStmt | LOCK TABLE a IN SHARE ROW EXCLUSIVE MODE NOWAIT
      TransactionStmt | BEGIN ISOLATION LEVEL SERIALIZABLE
      TransactionStmt | ROLLBACK TO SAVEPOINT s
      VariableSetStmt | SET LOCAL search_path TO a, "B"
      VariableShowStmt | SHOW ALL
      VacuumStmt | VACUUM (ANALYZE, PARALLEL 2) a (b)
      VacuumStmt | ANALYZE ONLY a
      ClusterStmt | CLUSTER a USING i
      CheckPointStmt | CHECKPOINT
      AlterSystemStmt | ALTER SYSTEM SET work_mem = '64MB'
      ExplainStmt | EXPLAIN (ANALYZE, BUFFERS, MEMORY) SELECT 1
      PrepareStmt | PREPARE p (int) AS SELECT $1
      ExecuteStmt | EXECUTE p (1)
      DeclareCursorStmt | DECLARE c SCROLL CURSOR WITH HOLD FOR SELECT 1
      FetchStmt | FETCH BACKWARD 5 FROM c
      ListenStmt | LISTEN c
      NotifyStmt | NOTIFY c, 'x'
      DiscardStmt | DISCARD ALL
      LoadStmt | LOAD 'x'
      CreateTableSpaceStmt | CREATE TABLESPACE t LOCATION '/data/t'
      ImportForeignSchemaStmt | IMPORT FOREIGN SCHEMA a LIMIT TO (b) FROM SERVER s INTO c
      ConstraintsSetStmt | SET CONSTRAINTS ALL DEFERRED
      """;
}
