package tranche.sql.lint;

import static tranche.core.migration.Finding.Severity.ERROR;
import static tranche.core.migration.Finding.Severity.NOTE;
import static tranche.core.migration.Finding.Severity.WARNING;

import java.util.List;

/// The rules for statements that change tables, columns, constraints and indexes.
final class TableRules {
  static final Rule SET_NOT_NULL =
      new Rule(
          "set-not-null",
          ERROR,
          "`ALTER COLUMN ... SET NOT NULL` on a table that was there before, without a validated"
              + " check that proves it",
          "PostgreSQL reads the whole table under ACCESS EXCLUSIVE; nobody can read or write it"
              + " meanwhile.",
          "Add a check `IS NOT NULL` as NOT VALID, validate it in the next migration, then set NOT"
              + " NULL, which reads nothing any more.");
  static final Rule REQUIRED_COLUMN =
      new Rule(
          "required-column",
          ERROR,
          "`ADD COLUMN ... NOT NULL` without a default",
          "It fails on a table that has rows, and the running release does not fill the column.",
          "Add it with a constant default, or add it nullable, fill it, and require it later.");
  static final Rule REWRITING_COLUMN =
      new Rule(
          "rewriting-column",
          ERROR,
          "`ADD COLUMN` with a value that differs from row to row: a volatile default, an identity,"
              + " serial, a stored expression",
          "PostgreSQL writes the whole table and its indexes anew under ACCESS EXCLUSIVE.",
          "Add the column without it, set the default for new rows, and fill the old ones in a"
              + " backfill.");
  static final Rule UNCHECKED_TYPE =
      new Rule(
          "column-of-unknown-type",
          NOTE,
          "`ADD COLUMN` of a type that is not PostgreSQL's own",
          "If the type is a domain with a check, the whole table is written anew; an enum costs"
              + " nothing. The name does not tell.",
          "If it is such a domain, use its base type and a check NOT VALID.");
  static final Rule SCANNED_COLUMN =
      new Rule(
          "scanned-column",
          ERROR,
          "`ADD COLUMN` with CHECK, UNIQUE, PRIMARY KEY, or a foreign key together with a default",
          "PostgreSQL checks every row under ACCESS EXCLUSIVE.",
          "Add the bare column first, then the constraint in its own safe way.");
  static final Rule CHANGE_TYPE =
      new Rule(
          "change-column-type",
          ERROR,
          "`ALTER COLUMN ... TYPE`",
          "Most changes write the whole table and its indexes anew under ACCESS EXCLUSIVE, and the"
              + " running release reads another type from one moment to the next.",
          "Add a new column, keep both in step with a trigger, fill it, drop the old one later.");
  static final Rule INDEX =
      new Rule(
          "index-not-concurrently",
          ERROR,
          "`CREATE INDEX` without CONCURRENTLY on a table that was there before",
          "Nobody can write to the table until the index is built.",
          "CREATE INDEX CONCURRENTLY, in a file of its own.");
  static final Rule INDEX_IF_NOT_EXISTS =
      new Rule(
          "concurrent-index-if-not-exists",
          WARNING,
          "`CREATE INDEX CONCURRENTLY IF NOT EXISTS`",
          "An index that an earlier attempt left invalid counts as existing and is never built.",
          "Leave IF NOT EXISTS out: Tranche finds an invalid index and builds it again.");
  static final Rule DROP_INDEX =
      new Rule(
          "drop-index-not-concurrently",
          WARNING,
          "`DROP INDEX` without CONCURRENTLY",
          "It waits for every query on the table, and everybody waits behind it.",
          "DROP INDEX CONCURRENTLY, in a file of its own.");
  static final Rule REINDEX =
      new Rule(
          "reindex-not-concurrently",
          ERROR,
          "`REINDEX` without CONCURRENTLY",
          "Nobody can write to the table, and queries that would use the index wait.",
          "REINDEX ... CONCURRENTLY, in a file of its own.");
  static final Rule FOREIGN_KEY =
      new Rule(
          "foreign-key-checked-at-once",
          ERROR,
          "`ADD FOREIGN KEY` without NOT VALID",
          "PostgreSQL reads the whole table while nobody can write to it or to the table that it"
              + " refers to.",
          "Add it as NOT VALID, and validate it in the next migration.");
  static final Rule CHECK =
      new Rule(
          "check-checked-at-once",
          ERROR,
          "`ADD CHECK` or `ADD NOT NULL` without NOT VALID",
          "PostgreSQL reads the whole table under ACCESS EXCLUSIVE.",
          "Add it as NOT VALID, and validate it in the next migration.");
  static final Rule UNIQUE =
      new Rule(
          "unique-builds-index",
          ERROR,
          "`ADD UNIQUE` or `ADD PRIMARY KEY` without USING INDEX",
          "PostgreSQL builds the index under ACCESS EXCLUSIVE.",
          "Build a unique index concurrently, then make the constraint of it.");
  static final Rule PRIMARY_KEY_NULLS =
      new Rule(
          "primary-key-reads-table",
          WARNING,
          "`ADD PRIMARY KEY USING INDEX`",
          "If a column of the key is nullable, the whole table is read under ACCESS EXCLUSIVE.",
          "See to it that the columns are NOT NULL before, by set-not-null's safe way.");
  static final Rule EXCLUSION =
      new Rule(
          "exclusion-builds-index",
          ERROR,
          "`ADD EXCLUDE`",
          "PostgreSQL builds the index under ACCESS EXCLUSIVE, and there is no concurrent way.",
          "Make the constraint on a new table, keep it in step with a trigger, fill it, and switch;"
              + " or allow the rule where the table is small.");
  static final Rule VALIDATE_TOO_SOON =
      new Rule(
          "validated-in-same-transaction",
          ERROR,
          "`VALIDATE CONSTRAINT` in the transaction that added it as NOT VALID",
          "The strong lock of adding is held while the table is read, so nothing is gained.",
          "Validate it in the next migration.");
  static final Rule RENAME_TABLE =
      new Rule(
          "rename-table",
          ERROR,
          "`RENAME` of a table or view, outside of a stated contract phase",
          "The running release asks for the old name and fails.",
          "Keep the old name as a view until no release uses it.");
  static final Rule RENAME_COLUMN =
      new Rule(
          "rename-column",
          ERROR,
          "`RENAME COLUMN`, outside of a stated contract phase",
          "The running release asks for the old name and fails.",
          "Add a column of the new name, keep both in step with a trigger, fill it, drop the old"
              + " one later.");
  static final Rule MOVE =
      new Rule(
          "move-to-schema",
          ERROR,
          "`SET SCHEMA`, outside of a stated contract phase",
          "The running release finds nothing under the old name, and the table leaves its store.",
          "Make it anew in the other schema and copy the rows in a backfill.");
  static final Rule REWRITE =
      new Rule(
          "rewrite-table",
          ERROR,
          "`SET LOGGED`, `SET UNLOGGED`, `SET TABLESPACE`, `SET ACCESS METHOD`, a new stored"
              + " expression",
          "PostgreSQL writes the whole table anew under ACCESS EXCLUSIVE.",
          "Do it in a maintenance window, and allow the rule in the header.");
  static final Rule ATTACH =
      new Rule(
          "attach-partition-reads-table",
          WARNING,
          "`ATTACH PARTITION` of a table that was there before",
          "The table is read under ACCESS EXCLUSIVE, unless a valid check says that its rows fit.",
          "Add such a check as NOT VALID, validate it, attach, then drop the check.");
  static final Rule DETACH =
      new Rule(
          "detach-partition-not-concurrently",
          WARNING,
          "`DETACH PARTITION` without CONCURRENTLY",
          "Everybody waits for the parent's ACCESS EXCLUSIVE lock.",
          "DETACH PARTITION ... CONCURRENTLY, in a file of its own.");
  static final Rule PARTITION =
      new Rule(
          "create-partition-locks-parent",
          WARNING,
          "`CREATE TABLE ... PARTITION OF` a table that was there before",
          "The parent is locked in ACCESS EXCLUSIVE mode; with a default partition, that is read.",
          "Create the table for itself, then ATTACH PARTITION.");
  static final Rule SERIAL =
      new Rule(
          "serial-type",
          NOTE,
          "a new column of a serial type",
          "Its sequence has an owner and privileges of its own, which are often forgotten.",
          "GENERATED BY DEFAULT AS IDENTITY.");
  static final Rule TIMESTAMP =
      new Rule(
          "timestamp-without-time-zone",
          NOTE,
          "a new column of type timestamp",
          "It says no moment: what it means depends on who reads it.",
          "timestamptz.");
  static final Rule UNLOGGED =
      new Rule(
          "unlogged-table",
          WARNING,
          "`CREATE UNLOGGED TABLE`",
          "It is empty after a crash of the server, and on every replica.",
          "CREATE TABLE.");

  private TableRules() {}

  static List<Rule> all() {
    return List.of(
        SET_NOT_NULL,
        REQUIRED_COLUMN,
        REWRITING_COLUMN,
        SCANNED_COLUMN,
        UNCHECKED_TYPE,
        CHANGE_TYPE,
        INDEX,
        INDEX_IF_NOT_EXISTS,
        DROP_INDEX,
        REINDEX,
        FOREIGN_KEY,
        CHECK,
        UNIQUE,
        PRIMARY_KEY_NULLS,
        EXCLUSION,
        VALIDATE_TOO_SOON,
        RENAME_TABLE,
        RENAME_COLUMN,
        MOVE,
        REWRITE,
        ATTACH,
        DETACH,
        PARTITION,
        SERIAL,
        TIMESTAMP,
        UNLOGGED);
  }
}
