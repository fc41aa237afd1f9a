package tranche.sql.lint;

import static tranche.core.migration.Finding.Reach.BEYOND;
import static tranche.core.migration.Finding.Severity.ERROR;
import static tranche.core.migration.Finding.Severity.NOTE;
import static tranche.core.migration.Finding.Severity.WARNING;

import java.util.List;

/// The rules for rows, isolation, the server, and the script as a whole.
final class ScriptRules {
  static final Rule CONTRACT_TOO_EARLY =
      new Rule(
          "contract-too-early",
          ERROR,
          "a statement that removes something, in a migration that states another phase than"
              + " contract",
          "It runs while releases still use what it removes.",
          "Put it into a migration of its own with the header `-- tranche: phase=contract`.");
  static final Rule MIXED_PHASES =
      new Rule(
          "mixed-phases",
          ERROR,
          "a statement that removes something, beside statements that add, without a stated phase"
              + " (a warning for what releases do not name: indexes, constraints, triggers, rules)",
          "What the new release needs must be there before it starts, what the old one needs must"
              + " stay until it has ended. One script cannot run at both times.",
          "Put what removes into a migration of its own with the header `-- tranche:"
              + " phase=contract`.");
  static final Rule CASCADE =
      new Rule(
          "cascade",
          ERROR,
          "`DROP ... CASCADE` or `TRUNCATE ... CASCADE` (a warning in a stated contract phase)",
          "What goes with it is not in the script, and can differ from store to store.",
          "Name everything that is to go, and leave CASCADE out.");
  static final Rule TRUNCATE =
      new Rule(
          "truncate",
          ERROR,
          "`TRUNCATE`, outside of a stated contract phase",
          "All rows are gone at once, under ACCESS EXCLUSIVE, also those of other tenants.",
          "Delete in bounded steps what nobody needs any more.");
  static final Rule DELETE_ALL =
      new Rule(
          "delete-all-rows",
          ERROR,
          "`DELETE` without WHERE, outside of a stated contract phase",
          "All rows are gone, also those of other tenants.",
          "Say which rows, and delete them in bounded steps.");
  static final Rule UPDATE_ALL =
      new Rule(
          "update-all-rows",
          ERROR,
          "`UPDATE` without WHERE",
          "Every row is locked until the transaction ends, and the table doubles in size. As a"
              + " backfill it would never end.",
          "A backfill that changes a bounded number of rows at a time.");
  static final Rule UNBOUNDED =
      new Rule(
          "unbounded-rows",
          WARNING,
          "`UPDATE`, `DELETE`, `MERGE` or `INSERT ... SELECT` without a LIMIT",
          "How many rows it locks until the transaction ends depends on the store.",
          "A backfill that changes a bounded number of rows at a time.");
  static final Rule ROWS_UNDER_LOCK =
      new Rule(
          "work-under-lock",
          ERROR,
          "a statement that reads or writes rows of a table, after one in the same transaction that"
              + " locked that table against everybody",
          "The lock is held until the end of the transaction, so everybody waits for the rows too.",
          "Put the rows into a migration of their own.");
  static final Rule VACUUM_FULL =
      new Rule(
          "vacuum-full",
          ERROR,
          "`VACUUM FULL` or `CLUSTER`",
          "The whole table is written anew under ACCESS EXCLUSIVE.",
          "Plain VACUUM, or pg_repack outside of migrations.");
  static final Rule LOCK_TABLE =
      new Rule(
          "lock-table",
          ERROR,
          "`LOCK TABLE` in a mode that blocks writers",
          "Writers wait until the migration ends.",
          "Leave it out: each statement takes the lock that it needs.");
  static final Rule REFRESH =
      new Rule(
          "refresh-not-concurrently",
          WARNING,
          "`REFRESH MATERIALIZED VIEW` without CONCURRENTLY",
          "Nobody can read the view meanwhile.",
          "REFRESH MATERIALIZED VIEW CONCURRENTLY; it needs a unique index.");
  static final Rule DISABLE_TRIGGERS =
      new Rule(
          "disable-triggers",
          ERROR,
          "`DISABLE TRIGGER`, or `session_replication_role`",
          "Meanwhile neither foreign keys nor the application's own triggers are obeyed, also for"
              + " the running release.",
          "Let the statements that follow work with the triggers.");
  static final Rule WEAKEN_SECURITY =
      new Rule(
          "weaken-row-security",
          ERROR,
          BEYOND,
          "`DISABLE ROW LEVEL SECURITY`, `NO FORCE ROW LEVEL SECURITY` or `DROP POLICY` without a"
              + " new one",
          "Tenants may see each other's rows.",
          "Leave row security on; replace a policy in one transaction.");
  static final Rule SECURITY_WITHOUT_POLICY =
      new Rule(
          "row-security-without-policy",
          WARNING,
          "`ENABLE ROW LEVEL SECURITY` on a table that was there before, without a policy in the"
              + " script",
          "Without a policy nobody but the owner sees any row: the running release finds the table"
              + " empty.",
          "Create the policy in the same script, before row security is enabled.");
  static final Rule TENANT_TABLE =
      new Rule(
          "tenant-table-without-row-security",
          NOTE,
          "a new table with a column tenant_id, without ENABLE and FORCE ROW LEVEL SECURITY",
          "In a store of many tenants nothing but the application's own care separates them.",
          "Enable and force row security, and create a policy.");
  static final Rule DEFINER =
      new Rule(
          "definer-without-search-path",
          WARNING,
          "a function with SECURITY DEFINER and without SET search_path",
          "Whoever can create objects in a schema of the caller's path can run code as its owner.",
          "Add SET search_path, with pg_temp last.");
  static final Rule GRANT_PUBLIC =
      new Rule(
          "grant-to-public",
          WARNING,
          "`GRANT ... TO PUBLIC`",
          "Every role of the server may then, those of other tenants too.",
          "Grant to the application's role.");
  static final Rule SEARCH_PATH =
      new Rule(
          "set-search-path",
          ERROR,
          BEYOND,
          "`SET search_path` or `set_config('search_path', ...)` in a script",
          "Tranche has set it to the store that is being changed. What follows changes another"
              + " one.",
          "Leave it out; `${schema}` stands for the store's schema.");
  static final Rule SESSION_SETTING =
      new Rule(
          "session-setting",
          WARNING,
          "`SET` without LOCAL, of lock_timeout, statement_timeout, role and their like",
          "It overrides what Tranche has set to bound waiting.",
          "SET LOCAL, and only what the script needs.");
  static final Rule TRANSACTION =
      new Rule(
          "transaction-control",
          ERROR,
          BEYOND,
          "`BEGIN`, `COMMIT`, `ROLLBACK`, `SAVEPOINT`",
          "A migration is all or nothing, and its history is written in the same transaction.",
          "Leave it out.");
  static final Rule ENUM_VALUE =
      new Rule(
          "enum-value-used-at-once",
          WARNING,
          "a value that `ALTER TYPE ... ADD VALUE` adds is written again in the same transaction",
          "PostgreSQL refuses to use a new value of an enum before the commit.",
          "Use it in the next migration.");
  static final Rule MIXED_TRANSACTION =
      new Rule(
          "not-all-or-nothing",
          WARNING,
          "a statement that cannot be in a transaction, beside others",
          "The whole script runs statement by statement; when it fails, the first ones are done.",
          "Put the statement into a file of its own.");
  static final Rule SERVER_WIDE =
      new Rule(
          "server-wide",
          ERROR,
          BEYOND,
          "`ALTER SYSTEM`, and statements about databases, tablespaces and subscriptions",
          "It concerns more than the store, and would be done once for each of them.",
          "Do it once, outside of migrations.");
  static final Rule ROLES =
      new Rule(
          "role-of-server",
          WARNING,
          "statements about roles",
          "Roles belong to the whole server: the second store finds them as they should be, or"
              + " fails.",
          "Do it once, outside of migrations.");
  static final Rule OTHER_SCHEMA =
      new Rule(
          "named-schema",
          WARNING,
          "a statement that changes an object of a schema that it names",
          "It changes the same object once for each store.",
          "Leave the schema out, or write `${schema}`.");
  static final Rule OPAQUE =
      new Rule(
          "cannot-be-judged",
          NOTE,
          "`DO`, `CALL`, `EXECUTE`, or a query that calls a function of one's own",
          "What it does is not in the script's syntax tree.",
          "Plain statements, where they can say the same.");

  private ScriptRules() {}

  static List<Rule> all() {
    return List.of(
        CONTRACT_TOO_EARLY,
        MIXED_PHASES,
        CASCADE,
        TRUNCATE,
        DELETE_ALL,
        UPDATE_ALL,
        UNBOUNDED,
        ROWS_UNDER_LOCK,
        VACUUM_FULL,
        LOCK_TABLE,
        REFRESH,
        DISABLE_TRIGGERS,
        WEAKEN_SECURITY,
        SECURITY_WITHOUT_POLICY,
        TENANT_TABLE,
        DEFINER,
        GRANT_PUBLIC,
        SEARCH_PATH,
        SESSION_SETTING,
        TRANSACTION,
        ENUM_VALUE,
        MIXED_TRANSACTION,
        SERVER_WIDE,
        ROLES,
        OTHER_SCHEMA,
        OPAQUE);
  }
}
