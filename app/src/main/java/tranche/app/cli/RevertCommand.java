package tranche.app.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tranche.api.rollout.RolloutJson;
import tranche.app.cli.render.Ladder;

/// `tranche rollout revert`, also `tranche rollback`.
@Command(
    description = "Take tenants back to the release they ran before, in reverse order.",
    footer = {
      "",
      "Examples:",
      "  tranche rollout revert --tenant acme --reason \"wrong totals\"",
      "  tranche rollout revert r-42 --all --reason \"errors in us-east\" --yes"
    })
final class RevertCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private Shared shared = new Shared();
  @Mixin private Confirmation confirmation = new Confirmation();

  @Parameters(
      paramLabel = "ROLLOUT",
      arity = "0..1",
      description = "May be left out if only one has not ended.")
  private Optional<String> id = Optional.empty();

  @ArgGroup(multiplicity = "1")
  private Who who = new Who();

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why; it is kept in the journal.")
  private String reason = "";

  /// Exactly one of the two.
  static final class Who {
    @Option(names = "--tenant", paramLabel = "ID", description = "This tenant; may be repeated.")
    private List<String> tenants = List.of();

    @Option(names = "--all", description = "Everybody who has moved.")
    private boolean isAll;
  }

  RevertCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    try (Session session = Session.open(surroundings, shared)) {
      String rollout = Rollouts.toChange(session.client(), id);
      if (who.isAll) {
        confirmation.require("take back all tenants of " + rollout, surroundings);
      }
      RolloutJson now = session.client().revert(rollout, who.tenants, reason);
      return session.print(
          Answer.one("rollout", now, now.id(), look -> Ladder.lines(now, session.now(), look))
              .then("tranche rollout watch " + now.id()));
    }
  }
}
