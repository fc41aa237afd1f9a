package tranche.postgres.fanout;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tranche.core.fleet.StoreId;
import tranche.core.problem.Problem;
import tranche.engine.fanout.RunContext;
import tranche.engine.fanout.StoreProblem.ConnectionLost;
import tranche.engine.fanout.StoreProblem.LeaseEnded;
import tranche.engine.fanout.StoreProblem.StoreBusy;
import tranche.postgres.database.SqlState;
import tranche.postgres.fanout.ErrorPlace.RefusedPart;
import tranche.postgres.fanout.ScriptText.Part;
import tranche.postgres.fanout.StoreChangeProblem.HalfwayDiffers;
import tranche.postgres.fanout.StoreChangeProblem.LockNotGranted;
import tranche.postgres.fanout.StoreChangeProblem.RightsMissing;
import tranche.postgres.fanout.StoreChangeProblem.StatementFailed;
import tranche.postgres.fanout.StoreChangeProblem.UnmetExpectation;

/// Runs transactions on one store until it is known how they ended.
///
/// After a lost connection nobody knows. Then the session that was lost is ended, the same
/// transaction is sent again on a new connection, and under the store's lock, where nothing of the
/// lost one can still be under way, it looks first whether it has happened already.
final class TransactionRunner {
  private static final int LOSSES = 3;

  private final Link link;
  private final RunContext context;
  private final StoreId store;
  private final StoreMessages messages;
  private final Waits waits;
  private @Nullable String value;

  TransactionRunner(
      Link link, RunContext context, StoreId store, StoreMessages messages, Waits waits) {
    this.link = link;
    this.context = context;
    this.store = store;
    this.messages = messages;
    this.waits = waits;
  }

  /// Runs one transaction.
  Ending run(Transaction transaction) {
    waits.beginTransaction();
    int losses = 0;
    while (true) {
      Optional<RefusedPart> refused = attempt(transaction, losses > 0);
      if (refused.isEmpty()) {
        return new Ending.Committed(value);
      }
      SQLException error = refused.get().refused().error();
      if (!link.session().isOpen()) {
        Optional<Ending> lost = reconnect(error, ++losses);
        if (lost.isPresent()) {
          return lost.get();
        }
        continue;
      }
      link.session().rollBack();
      Optional<Ending> ending = ending(transaction, refused.get(), losses > 0);
      if (ending.isPresent()) {
        return ending.get();
      }
    }
  }

  /// Sends all parts; returns the one that was refused.
  private Optional<RefusedPart> attempt(Transaction transaction, boolean isDoubtful) {
    List<String> entering = new ArrayList<>();
    if (isDoubtful) {
      transaction.proof().map(p -> StoreMessages.guard(p.get())).ifPresent(entering::add);
    }
    entering.addAll(transaction.entering());
    List<String> reset = link.takeReset();
    String opening =
        StoreMessages.joined(reset)
            + messages.open(transaction.fingerprint(), transaction.progress(), entering);
    if (transaction.script().mayCallFunctions()) {
      link.touch();
    }
    List<Part> parts = transaction.script().parts();
    for (int i = 0; i < parts.size(); i++) {
      String prefix = i == 0 ? opening : "";
      String suffix = i == parts.size() - 1 ? transaction.leaving() + "COMMIT" : "";
      Part part = parts.get(i);
      Answer answer = send(part, prefix, suffix);
      if (answer instanceof Answer.Refused refused) {
        int first = StoreMessages.BEFORE + entering.size() + reset.size();
        int before = i == 0 ? first : 0;
        return Optional.of(new RefusedPart(part, before, prefix, refused));
      }
    }
    return Optional.empty();
  }

  private Answer send(Part part, String prefix, String suffix) {
    return switch (part) {
      case Part.Copy(var placed, var data) -> link.session().copyIn(placed.statement().sql(), data);
      case Part.Text(var sql, _) -> {
        String text = prefix + sql + suffix;
        Answer answer = text.isEmpty() ? new Answer.Done(null) : link.session().send(text);
        if (answer instanceof Answer.Done(var last)) {
          value = last;
        }
        yield answer;
      }
    };
  }

  /// Makes a new connection; says how it ends if there is none to be had.
  private Optional<Ending> reconnect(SQLException error, int losses) {
    SQLException failure = losses > LOSSES ? error : link.reopen();
    return failure == null
        ? Optional.empty()
        : Optional.of(
            new Ending.Failed(new ConnectionLost(store.database(), SqlState.message(failure))));
  }

  /// How it ended, or nothing if it is to be tried again.
  private Optional<Ending> ending(
      Transaction transaction, RefusedPart refused, boolean isDoubtful) {
    SQLException error = refused.refused().error();
    String state = SqlState.state(error);
    return switch (state) {
      case "TR001" -> busy();
      case "TR003" -> Optional.of(moved(transaction, isDoubtful));
      case "55P03", "40P01", "40001" -> notGranted(transaction.at(), refused);
      case "XX000" ->
          SqlState.of(error) == SqlState.CATALOG_RACE
              ? notGranted(transaction.at(), refused)
              : Optional.of(new Ending.Failed(problem(transaction.at(), refused)));
      default -> Optional.of(new Ending.Failed(problem(transaction.at(), refused)));
    };
  }

  /// Somebody holds the store. Whoever does so for a run whose lease is over is sent away.
  private Optional<Ending> busy() {
    Answer evicted = link.session().send(messages.evict());
    boolean isFree = evicted instanceof Answer.Done(var count) && !"0".equals(count);
    if (isFree || waits.waitForStore()) {
      return Optional.empty();
    }
    String holder = Blockers.seen(link.session(), messages);
    return Optional.of(new Ending.Failed(new StoreBusy(store, holder)));
  }

  private Ending moved(Transaction transaction, boolean isDoubtful) {
    if (!isDoubtful || transaction.proof().isEmpty()) {
      return new Ending.Moved();
    }
    try {
      List<Session.Row> proved = link.session().rows(transaction.proof().get().get());
      return proved.isEmpty()
          ? new Ending.Moved()
          : new Ending.Committed(proved.getFirst().text(0));
    } catch (SQLException e) {
      return new Ending.Failed(new ConnectionLost(store.database(), SqlState.message(e)));
    }
  }

  private Optional<Ending> notGranted(String at, RefusedPart refused) {
    if (waits.tryAgain()) {
      return Optional.empty();
    }
    String blockers = Blockers.seen(link.session(), messages);
    return Optional.of(
        new Ending.Failed(
            new LockNotGranted(store, ErrorPlace.of(at, refused), waits.tried() + blockers)));
  }

  /// The problem for an error of a statement.
  Problem problem(String at, RefusedPart refused) {
    SQLException error = refused.refused().error();
    if (ErrorPlace.isBehindScript(refused)) {
      return problemBehind(at, refused);
    }
    String said = ErrorPlace.message(error);
    return switch (SqlState.state(error)) {
      case "TR002" -> new LeaseEnded(store.database(), context.run());
      case "TR004" ->
          new RightsMissing(
              "database " + store.database(),
              "schema " + store.schema() + " cannot be used",
              "GRANT USAGE, CREATE ON SCHEMA " + store.schema() + " TO " + user());
      case "TR007" -> new HalfwayDiffers(store, "another migration", at);
      default -> new StatementFailed(store, ErrorPlace.of(at, refused), said);
    };
  }

  /// Everything in the script ran; what came behind it was refused.
  private Problem problemBehind(String at, RefusedPart refused) {
    SQLException error = refused.refused().error();
    return switch (SqlState.state(error)) {
      case "TR002" -> new LeaseEnded(store.database(), context.run());
      case "TR005" ->
          new StatementFailed(store, at, "the script ended the transaction that it ran in");
      case "TR006", "42703" -> new UnmetExpectation(store, at, plain(error));
      default -> new StatementFailed(store, at, ErrorPlace.message(error));
    };
  }

  private String user() {
    return link.access().admin().user();
  }

  private static String plain(SQLException error) {
    return SqlState.message(error).replaceAll(" \\[SQLSTATE.*", "");
  }
}
