package tranche.postgres.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tranche.core.fleet.StoreId;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.Expectation;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.IndexShape;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.Undo;
import tranche.core.release.SchemaVersion;
import tranche.engine.fanout.ChangeLimits;
import tranche.engine.fanout.RunContext;
import tranche.postgres.database.Identifier;

/// The SQL that is put around the scripts of one store.
///
/// What a message looks like, sent in one piece for an ordinary migration:
///
/// ```
/// BEGIN;
/// SELECT tranche.enter(...);     -- limits, lock, lease, fingerprint
/// SET LOCAL search_path = ...;
/// ...                            -- the script
/// SELECT tranche.leave(...);     -- same transaction, objects, lease, history
/// COMMIT
/// ```
///
/// The argument for the lease: the check in `leave` and the commit are executed by the server one
/// after the other without hearing from this process in between. A process that is frozen anywhere
/// either has sent both or neither.
final class StoreMessages {
  /// Statements before those of the script, foreign ones not counted.
  static final int BEFORE = 3;

  private final RunContext context;
  private final StoreId store;
  private final List<Long> keys;
  private final HistoryKind kind;

  StoreMessages(RunContext context, StoreId store, List<Long> keys, HistoryKind kind) {
    this.context = context;
    this.store = store;
    this.keys = keys;
    this.kind = kind;
  }

  /// Opens a transaction.
  ///
  /// @param fingerprint what the store must be
  /// @param progress key of the script that is halfway, empty for none, `*` for any
  /// @param entering further statements under the lock
  String open(long fingerprint, String progress, List<String> entering) {
    ChangeLimits limits = context.limits();
    return "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;"
        + call("enter", target(), run(), Literal.numbers(keys), Long.toString(fingerprint))
        + ","
        + String.join(
            ",",
            Literal.text(kind.word()),
            Literal.text(progress),
            millis(limits.lockTimeout().toMillis()),
            millis(limits.statementTimeout().toMillis()))
        + ");"
        + joined(entering)
        + "SET LOCAL search_path="
        + searchPath()
        + ";";
  }

  private static String call(String function, String... arguments) {
    return "SELECT tranche." + function + "(" + String.join(",", arguments);
  }

  private static String millis(long millis) {
    return "'" + millis + "ms'";
  }

  static String joined(List<String> statements) {
    return statements.stream().map(s -> s + "\n;").collect(Collectors.joining());
  }

  /// The settings for a statement that cannot run in a transaction.
  String settings() {
    ChangeLimits limits = context.limits();
    return "SET search_path="
        + searchPath()
        + ";SET lock_timeout="
        + millis(limits.lockTimeout().toMillis())
        + ";SET statement_timeout="
        + millis(limits.statementTimeout().toMillis())
        + ";SET row_security=off;"
        + call("require_lease", run())
        + ")";
  }

  private String searchPath() {
    List<String> path = new ArrayList<>();
    path.add(Identifier.quote(store.schema()));
    context.searchPath().forEach(schema -> path.add(Identifier.quote(schema)));
    // Unnamed it would come first, and a temporary table could pose as one of the store.
    path.add("pg_temp");
    return String.join(",", path);
  }

  /// What a script may have set and what comes after it must not depend on.
  String unset() {
    return "SET LOCAL statement_timeout='60s';SET LOCAL search_path=" + searchPath() + ";";
  }

  /// Closes a transaction that ran a migration; returns the new fingerprint.
  ///
  /// @param version of the store afterwards
  /// @param recorded of the migration, as [#recorded(CompiledMigration, String)] made it
  String leave(SchemaVersion version, String recorded) {
    return call("leave", target(), run(), Literal.text(context.person()))
        + ","
        + Literal.text(version.value())
        + ","
        + recorded
        + ");";
  }

  /// What is recorded of a migration: made once for all stores.
  static String recorded(CompiledMigration migration, String digest) {
    SourceMigration source = migration.source();
    return String.join(
        ",",
        Literal.text(migration.key().text()),
        Literal.text(source.kind().name().toLowerCase(Locale.ROOT)),
        Literal.text(source.description()),
        Literal.text(source.up().name()),
        Literal.text(source.up().sha256()),
        Literal.text(migration.phase().word()),
        Literal.text(digest),
        ExpectedRows.of(migration.expectations()));
  }

  /// Closes a transaction that took a migration back; returns the new fingerprint.
  String leaveUndone(String key) {
    return call("leave_undone", target(), run(), Literal.text(key)) + ");";
  }

  /// Closes a transaction that changed no history.
  String leaveAsIs() {
    return call("leave_as_is", run()) + ");";
  }

  /// Begins or resumes a script; returns how many of its statements have run.
  String beginScript(String key, String checksum, int total) {
    return call(
            "begin_script",
            target(),
            run(),
            Literal.text(key),
            Literal.text(checksum),
            Integer.toString(total))
        + ");";
  }

  /// Notes that so many statements of the script have run.
  String advance(int done) {
    return call("advance", target(), run(), Integer.toString(done)) + ");";
  }

  /// Whether that transaction of the script has committed.
  String proofOfAdvance(String key, int done) {
    return "SELECT p.done FROM tranche.progress p WHERE p.target="
        + target()
        + " AND p.key="
        + Literal.text(key)
        + " AND p.done>="
        + done;
  }

  /// The script that is halfway: key, done, total, checksum.
  String halfway() {
    return "SELECT p.key, p.done, p.total, p.checksum FROM tranche.progress p WHERE p.target="
        + target();
  }

  /// Forgets the progress of a script that has ended.
  String endScript() {
    return call("end_script", target()) + ");";
  }

  /// Writes down why a run stopped here.
  String fail(long fingerprint, String failure) {
    return call("fail", target(), run(), Long.toString(fingerprint), Literal.text(bounded(failure)))
        + ")";
  }

  private static String bounded(String text) {
    String plain = text.replace("\0", "");
    return plain.length() <= 2_000 ? plain : plain.substring(0, 2_000) + "...";
  }

  /// Whether a migration of this run has made the store's history into that one.
  String proof(String key, long fingerprintAfter) {
    return "SELECT s.fingerprint FROM tranche.store s WHERE s.target="
        + target()
        + " AND s.fingerprint="
        + fingerprintAfter
        + " AND EXISTS (SELECT FROM tranche.history h WHERE h.target=s.target AND h.key="
        + Literal.text(key)
        + " AND h.run="
        + run()
        + " AND h.ended_at IS NULL)";
  }

  /// Whether this run has taken a migration back and so made the history into that one.
  String proofOfUndo(String key, long fingerprintAfter) {
    return proof(key, fingerprintAfter)
        .replace("h.run=", "h.ended_by=")
        .replace("h.ended_at IS NULL", "h.ended_at IS NOT NULL");
  }

  /// Refuses to go on if that is proved.
  static String guard(String proof) {
    return "SELECT tranche.require_unmoved(NOT EXISTS (" + proof + "))";
  }

  /// Compares the store with what should be there.
  String requireExpected(List<Expectation> expectations) {
    return call("require_expected", target(), ExpectedRows.of(expectations)) + ")";
  }

  /// Tries to take the store's locks for the session; returns whether it got all.
  String holdForSession() {
    return "SELECT pg_catalog.bool_and(pg_catalog.pg_try_advisory_lock(k)) FROM"
        + " pg_catalog.unnest("
        + Literal.numbers(keys)
        + ") k";
  }

  /// Ends sessions that hold the store for a run whose lease is over; returns how many.
  String evict() {
    return call("evict", Literal.numbers(keys)) + ")";
  }

  /// Keeps what was executed and what takes it back.
  static String keepScript(String digest, String forward, Undo undo) {
    String values =
        switch (undo) {
          case Undo.Statements(var sql, var loses, var isGenerated) ->
              Literal.texts(sql) + "," + Literal.texts(loses) + "," + isGenerated + ",''";
          case Undo.NotNeeded _ ->
              Literal.texts(List.of()) + "," + Literal.texts(List.of()) + ",true,''";
          case Undo.Unknown(var why) ->
              "NULL," + Literal.texts(List.of()) + ",true," + Literal.text(why);
        };
    return "INSERT INTO tranche.script (digest, forward, undo, loses, is_generated, unknown_why)"
        + " VALUES ("
        + Literal.text(digest)
        + ","
        + Literal.text(forward)
        + ","
        + values
        + ") ON CONFLICT DO NOTHING";
  }

  /// Sessions that are in the way: those that hold the store's locks, then those that hold locks on
  /// its relations, the oldest transaction first.
  String blockers() {
    return """
    SELECT a.pid, coalesce(nullif(a.application_name, ''), a.backend_type, 'no name'),
      coalesce(a.state, 'unknown state'),
      greatest(0, coalesce(extract(epoch FROM clock_timestamp() - a.query_start), 0))::bigint
    FROM (
      SELECT l.pid, 0 AS rank FROM pg_locks l
      JOIN unnest(%2$s) k(key) ON l.locktype = 'advisory' AND l.objsubid = 1
        AND l.classid = ((k.key >> 32) & 4294967295)::oid
        AND l.objid = (k.key & 4294967295)::oid
      WHERE l.granted AND l.database = (
        SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
      UNION
      SELECT l.pid, 1 FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
      WHERE l.granted AND l.locktype = 'relation'
        AND c.relnamespace = to_regnamespace(quote_ident(%1$s))
        AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
    ) held
    JOIN pg_stat_activity a ON a.pid = held.pid
    WHERE a.pid <> pg_backend_pid()
    GROUP BY 1, 2, 3, 4
    ORDER BY min(held.rank), min(a.xact_start) NULLS LAST
    LIMIT 5\
    """
        .formatted(target(), Literal.numbers(keys));
  }

  /// Invalid indexes of the store that have one of these names, or that an interrupted REINDEX has
  /// left, and that nobody is building.
  String invalidIndexes(List<String> names) {
    String which =
        names.isEmpty()
            ? "c.relname ~ '_cc(new|old)[0-9]*$'"
            : "c.relname = ANY (" + Literal.texts(names) + ")";
    return """
    SELECT c.relname FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid
    WHERE c.relnamespace = to_regnamespace(quote_ident(%s)) AND NOT i.indisvalid AND %s
      AND NOT EXISTS (
        SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = c.oid)\
    """
        .formatted(target(), which);
  }

  /// Invalid indexes of the store that cover the same, and that nobody is building. Those that a
  /// table with partitions waits for are none of them.
  String invalidIndexes(IndexShape shape) {
    return """
    SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = to_regclass(quote_ident(%1$s) || '.' || quote_ident(%2$s))
      AND c.relkind = 'i' AND NOT i.indisvalid
      AND tranche.index_words(%1$s, c.oid) = 'not valid, ' || %3$s
      AND NOT EXISTS (
        SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = c.oid)\
    """
        .formatted(target(), Literal.text(shape.table()), Literal.text(ExpectedRows.words(shape)));
  }

  private String target() {
    return Literal.text(store.schema());
  }

  private String run() {
    return Literal.text(context.run().value());
  }
}
