package issuetracker.load;

import java.time.Duration;
import java.util.UUID;

/// What every request of a run goes through: sent once, judged, counted, and noted if it wrote.
final class Run {
  private final Sender sender;
  private final Totals totals;
  private final Outputs outputs;
  private final Acknowledged acknowledged = new Acknowledged();

  Run(Sender sender, Totals totals, Outputs outputs) {
    this.sender = sender;
    this.totals = totals;
    this.outputs = outputs;
  }

  Totals totals() {
    return totals;
  }

  Outputs outputs() {
    return outputs;
  }

  Acknowledged acknowledged() {
    return acknowledged;
  }

  /// Sends a request that was counted as sent.
  ///
  /// @param dueNanos when it should have been sent, on the clock of [System#nanoTime]
  void send(Call call, long dueNanos) throws InterruptedException {
    Outcome outcome = sender.send(call);
    if (outcome instanceof Outcome.Ok) {
      note(call);
    }
    totals.done(call, outcome, Duration.ofNanos(System.nanoTime() - dueNanos));
  }

  private void note(Call call) {
    switch (call) {
      case Call.Create(_, var tenant, var issue) -> note(call, tenant, issue.id());
      case Call.Change(_, var tenant, var issue, _, _) ->
          outputs.acknowledged(call, new Acknowledged.Target(tenant, issue));
      case Call.ListNewest _ -> {}
    }
  }

  private void note(Call call, String tenant, UUID issue) {
    Acknowledged.Target target = new Acknowledged.Target(tenant, issue);
    outputs.acknowledged(call, target);
    acknowledged.add(target);
  }
}
