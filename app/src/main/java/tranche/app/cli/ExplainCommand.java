package tranche.app.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tranche.api.fleet.WhyJson;
import tranche.api.rollout.RolloutJson.FailedJson;
import tranche.api.rollout.RolloutJson.FailedTenant;
import tranche.app.cli.render.WhyText;

/// `tranche rollout explain`.
@Command(description = "Say why a rollout, or a tenant of it, is where it is.")
final class ExplainCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private Shared shared = new Shared();

  @Parameters(
      paramLabel = "ROLLOUT",
      arity = "0..1",
      description = "May be left out if only one has not ended.")
  private Optional<String> id = Optional.empty();

  @Option(names = "--tenant", paramLabel = "ID", description = "Why this tenant is where it is.")
  private Optional<String> tenant = Optional.empty();

  @Option(names = "--failed", description = "The tenants that failed, and of what.")
  private boolean isAboutFailed;

  ExplainCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    try (Session session = Session.open(surroundings, shared)) {
      String rollout = Rollouts.toRead(session.client(), id);
      return session.print(isAboutFailed ? failed(session, rollout) : why(session, rollout));
    }
  }

  private static Answer failed(Session session, String rollout) {
    FailedJson failed = session.client().rollout(rollout).failed();
    Answer answer =
        new Answer(
            "failed-tenants",
            failed,
            failed.items(),
            failed.items().stream().map(FailedTenant::tenant).toList(),
            look -> WhyText.failed(failed, look),
            List.of());
    return failed.count() == 0 ? answer : answer.then("tranche rollout retry " + rollout);
  }

  private Answer why(Session session, String rollout) {
    WhyJson why = session.client().explain(rollout, tenant);
    return Answer.one("why", why, why.subject(), look -> WhyText.lines(why, session.now(), look))
        .then("tranche rollout show " + rollout);
  }
}
