package tranche.app.cli.render;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tranche.api.rollout.RolloutJson;
import tranche.api.rollout.RolloutJson.TrancheJson;

/// Rollouts, one line each.
public final class RolloutTable {
  private RolloutTable() {}

  /// The table; `now` decides whether a time needs its day.
  public static List<String> lines(List<RolloutJson> rollouts, Instant now, Look look) {
    Table table =
        new Table(
            "",
            Table.Column.LEFT,
            Table.Column.LEFT,
            Table.Column.LEFT,
            Table.Column.RIGHT,
            Table.Column.RIGHT,
            Table.Column.LEFT,
            Table.Column.LEFT,
            Table.Column.BENDING);
    table.row("ROLLOUT", "TO", "PHASE", "DONE", "FAILED", "STARTED", "BY", "WAITS FOR");
    for (RolloutJson rollout : rollouts) {
      table.row(
          rollout.id(),
          rollout.to(),
          Words.of(rollout.phase()),
          Figures.count(done(rollout)) + "/" + Figures.count(tenants(rollout)),
          rollout.failed().count() == 0 ? "–" : Figures.count(rollout.failed().count()),
          Figures.at(rollout.startedAt(), now, look.zone()),
          rollout.by(),
          waits(rollout).orElse("–"));
    }
    return look.finish(table.lines(look));
  }

  private static Optional<String> waits(RolloutJson rollout) {
    return rollout
        .halted()
        .map(p -> "halted: " + p.what())
        .or(() -> rollout.hold().map(RolloutJson.HoldJson::what));
  }

  private static long done(RolloutJson rollout) {
    return rollout.tranches().stream().mapToLong(t -> t.counts().getOrDefault("done", 0L)).sum();
  }

  private static long tenants(RolloutJson rollout) {
    return rollout.tranches().stream().mapToLong(TrancheJson::tenants).sum();
  }
}
