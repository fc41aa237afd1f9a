package tranche.postgres.fanout;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tranche.core.fleet.StoreId;
import tranche.core.migration.AppliedMigration;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.MigrationKey;
import tranche.engine.fanout.RunContext;
import tranche.postgres.database.DatabaseAccess;
import tranche.postgres.database.SqlState;

/// Writes into the histories of stores what another tool has run there. Each store is one
/// transaction under the locks of both tools, which changes nothing but the schema `tranche`.
/// Repeating it changes nothing more, so a lost answer is cured by looking again.
public final class HistoryTakeover implements AutoCloseable {
  private static final String BUSY = "TR001";
  private static final String MOVED = "TR003";

  private final Sessions sessions;
  private final StoreWork work;

  private HistoryTakeover(Sessions sessions, StoreWork work) {
    this.sessions = sessions;
    this.work = work;
  }

  /// Connects to a database in which the run has a lease.
  ///
  /// @throws tranche.core.problem.ProblemException if it cannot be reached
  public static HistoryTakeover open(DatabaseAccess access, RunContext context) {
    var sessions = new Sessions();
    try {
      Link link = Link.open(sessions, access, context);
      return new HistoryTakeover(
          sessions,
          new StoreWork(link, context, Map.of(), new SplittableRandom(context.run().hashCode())));
    } catch (SQLException e) {
      throw ConnectProblems.of(access, e);
    }
  }

  /// Takes one store over.
  ///
  /// @throws tranche.core.problem.ProblemException if the database refuses for another reason than
  ///   those that the outcome has
  public Takeover.Outcome take(StoreId store, Takeover takeover) {
    List<Long> keys = new ArrayList<>(StoreLocks.of(store, java.util.Optional.empty()));
    keys.addAll(takeover.locks());
    var messages = new StoreMessages(work.context(), store, keys, takeover.before().kind());
    String text =
        messages.open(takeover.before().fingerprint(), "", List.of())
            + StoreMessages.joined(statements(store, takeover))
            + messages.leaveAsIs()
            + "COMMIT";
    Session session = work.link().session();
    return switch (session.send(text)) {
      case Answer.Done _ -> Takeover.Outcome.TAKEN;
      case Answer.Refused refused -> {
        session.rollBack();
        yield outcome(refused.error());
      }
    };
  }

  private Takeover.Outcome outcome(SQLException error) {
    return switch (SqlState.state(error)) {
      case BUSY -> Takeover.Outcome.BUSY;
      case MOVED -> Takeover.Outcome.MOVED;
      default -> throw ConnectProblems.of(work.link().access(), error);
    };
  }

  private List<String> statements(StoreId store, Takeover takeover) {
    Map<MigrationKey, AppliedMigration> old =
        takeover.before().applied().stream()
            .collect(Collectors.toMap(AppliedMigration::key, a -> a));
    List<Takeover.Row> added =
        takeover.rows().stream().filter(r -> !isKept(old, r.applied())).toList();
    Set<String> ended = new TreeSet<>();
    old.keySet().forEach(key -> ended.add(key.text()));
    takeover.rows().forEach(r -> ended.remove(r.applied().key().text()));
    added.forEach(r -> ended.add(r.applied().key().text()));

    List<String> statements = new ArrayList<>();
    takeover.markQuery().ifPresent(query -> statements.add(requireMark(query, takeover.mark())));
    statements.add(end(store, List.copyOf(ended)));
    added.forEach(row -> insert(store, row, statements));
    statements.add("SELECT tranche.refresh(" + target(store) + "," + run() + ")");
    statements.add(keep(store, takeover.kind(), takeover.mark()));
    return statements;
  }

  private static boolean isKept(Map<MigrationKey, AppliedMigration> old, AppliedMigration row) {
    AppliedMigration known = old.get(row.key());
    return known != null && known.equals(row);
  }

  private static String requireMark(String query, String mark) {
    return "SELECT tranche.require_unmoved("
        + query
        + " IS NOT DISTINCT FROM "
        + Literal.text(mark)
        + ")";
  }

  private String end(StoreId store, List<String> keys) {
    return "UPDATE tranche.history SET ended_at=clock_timestamp(),ended_by="
        + run()
        + " WHERE ended_at IS NULL AND target="
        + target(store)
        + " AND key=ANY("
        + Literal.texts(keys)
        + ")";
  }

  private void insert(StoreId store, Takeover.Row row, List<String> statements) {
    String digest = "";
    String phase = "";
    if (row.text().isPresent()) {
      PreparedMigration prepared = work.prepared(row.text().get(), store);
      digest = prepared.digest();
      phase = row.text().get().phase().word();
      statements.addAll(work.keep(prepared));
    }
    statements.add(
        "INSERT INTO tranche.history (target,key,kind,description,script,checksum,phase,digest,"
            + "applied_at,applied_by,person,duration_ms,run,fence,rows) SELECT "
            + String.join(
                ",",
                target(store),
                Literal.text(row.applied().key().text()),
                Literal.text(kind(row.applied())),
                Literal.text(row.description()),
                Literal.text(row.script()),
                Literal.text(row.applied().checksum()),
                Literal.text(phase),
                Literal.text(digest))
            + ",clock_timestamp(),session_user,"
            + Literal.text(work.context().person())
            + ",0,"
            + run()
            + ",0,0");
  }

  private static String kind(AppliedMigration applied) {
    return switch (applied.key()) {
      case MigrationKey.Repeatable _ -> "repeatable";
      case MigrationKey.Version _ -> applied.isBaseline() ? "baseline" : "versioned";
    };
  }

  private static String keep(StoreId store, HistoryKind kind, String mark) {
    return "UPDATE tranche.store SET kind="
        + Literal.text(kind.word().toLowerCase(Locale.ROOT))
        + ",foreign_mark="
        + Literal.text(mark)
        + " WHERE target="
        + target(store);
  }

  private static String target(StoreId store) {
    return Literal.text(store.schema());
  }

  private String run() {
    return Literal.text(work.context().run().value());
  }

  @Override
  public void close() {
    work.link().close();
    sessions.close();
  }
}
