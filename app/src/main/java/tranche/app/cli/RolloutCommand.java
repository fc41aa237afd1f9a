package tranche.app.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tranche.api.rollout.Approve;
import tranche.api.rollout.RolloutJson;
import tranche.app.cli.render.Ladder;
import tranche.app.cli.render.RolloutTable;

/// `tranche rollout` and those of its verbs that are one question or one order.
@Command(name = "rollout", description = "Start, watch and steer rollouts.")
final class RolloutCommand {
  private static final String WHICH = "May be left out if only one has not ended.";
  private static final String WHY = "Why; it is kept in the journal.";

  private final Surroundings surroundings;

  RolloutCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// The gate to open: exactly one.
  static final class Gate {
    @Option(names = "--tranche", paramLabel = "N", description = "The gate of this tranche.")
    private Optional<Integer> tranche = Optional.empty();

    @Option(names = "--contract", description = "The gate of contract, the point of no return.")
    private boolean isContract;
  }

  @Command(name = "list", aliases = "ls", description = "List the latest rollouts.")
  int list(@Mixin Shared shared) {
    try (Session session = Session.open(surroundings, shared)) {
      List<RolloutJson> rollouts = session.client().rollouts(Limits.LISTED);
      return session.print(
          Answer.list(
              "rollout-list",
              rollouts,
              RolloutJson::id,
              look -> RolloutTable.lines(rollouts, session.now(), look)));
    }
  }

  @Command(name = "show", description = "Show a rollout as it is now.")
  int show(
      @Mixin Shared shared,
      @Parameters(paramLabel = "ROLLOUT", arity = "0..1", description = WHICH)
          Optional<String> id) {
    try (Session session = Session.open(surroundings, shared)) {
      String rollout = Rollouts.toRead(session.client(), id);
      return print(session, session.client().rollout(rollout));
    }
  }

  @Command(name = "approve", description = "Open a gate that waits for an approval.")
  int approve(
      @Mixin Shared shared,
      @Mixin Confirmation confirmation,
      @Parameters(paramLabel = "ROLLOUT", arity = "0..1", description = WHICH) Optional<String> id,
      @ArgGroup(multiplicity = "1") Gate gate) {
    try (Session session = Session.open(surroundings, shared)) {
      String rollout = Rollouts.toChange(session.client(), id);
      if (gate.isContract) {
        confirmation.require(
            "let " + rollout + " contract, after which nothing can be reverted", surroundings);
      }
      Approve what = gate.tranche.map(Approve::ofTranche).orElseGet(Approve::ofContract);
      return print(session, session.client().approve(rollout, what));
    }
  }

  @Command(
      name = "pause",
      description = "Begin nothing new; what has begun is brought to its end. Always safe.")
  int pause(
      @Mixin Shared shared,
      @Parameters(paramLabel = "ROLLOUT", arity = "0..1", description = WHICH) Optional<String> id,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              defaultValue = "no reason given",
              description = WHY)
          String reason) {
    try (Session session = Session.open(surroundings, shared)) {
      String rollout = Rollouts.toChange(session.client(), id);
      return print(session, session.client().pause(rollout, reason));
    }
  }

  @Command(name = "resume", description = "Go on after a pause.")
  int resume(
      @Mixin Shared shared,
      @Parameters(paramLabel = "ROLLOUT", arity = "0..1", description = WHICH)
          Optional<String> id) {
    try (Session session = Session.open(surroundings, shared)) {
      String rollout = Rollouts.toChange(session.client(), id);
      return print(session, session.client().resume(rollout));
    }
  }

  @Command(
      name = "retry",
      description = "Try again what failed: for these tenants, or for all that failed.")
  int retry(
      @Mixin Shared shared,
      @Parameters(paramLabel = "ROLLOUT", arity = "0..1", description = WHICH) Optional<String> id,
      @Option(names = "--tenant", paramLabel = "ID", description = "This tenant; may be repeated.")
          List<String> tenants) {
    try (Session session = Session.open(surroundings, shared)) {
      String rollout = Rollouts.toChange(session.client(), id);
      List<String> named = tenants == null ? List.of() : tenants;
      return print(session, session.client().retry(rollout, named));
    }
  }

  @Command(name = "cancel", description = "End the rollout here; tenants stay where they are.")
  int cancel(
      @Mixin Shared shared,
      @Mixin Confirmation confirmation,
      @Parameters(paramLabel = "ROLLOUT", arity = "0..1", description = WHICH) Optional<String> id,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              defaultValue = "no reason given",
              description = WHY)
          String reason) {
    try (Session session = Session.open(surroundings, shared)) {
      String rollout = Rollouts.toChange(session.client(), id);
      confirmation.require("cancel " + rollout, surroundings);
      return print(session, session.client().cancel(rollout, reason));
    }
  }

  private static int print(Session session, RolloutJson rollout) {
    return session.print(
        Answer.one(
                "rollout",
                rollout,
                rollout.id(),
                look -> Ladder.lines(rollout, session.now(), look))
            .then(Ladder.next(rollout)));
  }
}
