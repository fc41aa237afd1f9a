package tranche.app.cli.render;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tranche.api.fleet.WhyJson;
import tranche.api.rollout.RolloutJson.FailedJson;
import tranche.api.rollout.RolloutJson.FailedTenant;

/// Why something is where it is.
public final class WhyText {
  private WhyText() {}

  /// The state in a sentence, then what is in the way, what comes first first.
  public static List<String> lines(WhyJson why, Instant now, Look look) {
    List<String> lines = new ArrayList<>();
    lines.addAll(
        Wrapped.lines(
            Paint.strong(why.subject()) + ": " + why.state() + things(why), look.width()));
    Table table =
        new Table(
            "  ",
            Table.Column.RIGHT,
            Table.Column.LEFT,
            Table.Column.BENDING,
            Table.Column.LEFT,
            Table.Column.BENDING);
    int number = 1;
    for (WhyJson.Reason reason : why.reasons()) {
      table.row(
          number++ + ".",
          reason.code(),
          reason.what(),
          reason.until().map(u -> "until " + Figures.at(u, now, look.zone())).orElse(""),
          "clears: " + reason.who());
    }
    lines.addAll(table.lines(look));
    return look.finish(lines);
  }

  private static String things(WhyJson why) {
    int count = why.reasons().size();
    return count == 0
        ? ". Nothing is in the way."
        : count == 1 ? ", because of 1 thing" : ", because of " + count + " things";
  }

  /// Tenants in quarantine, one line each.
  public static List<String> failed(FailedJson failed, Look look) {
    if (failed.count() == 0) {
      return List.of("No tenant has failed.");
    }
    Table table =
        new Table(
            "", Table.Column.LEFT, Table.Column.LEFT, Table.Column.BENDING, Table.Column.BENDING);
    table.row("TENANT", "PROBLEM", "WHAT", "FIX");
    for (FailedTenant tenant : failed.items()) {
      table.row(
          tenant.tenant(),
          tenant.problem().code(),
          tenant.problem().what(),
          tenant.problem().fix());
    }
    List<String> lines = new ArrayList<>(table.lines(look));
    lines.add(
        Figures.count(failed.items().size()) + " of " + Figures.count(failed.count()) + " failed");
    return look.finish(lines);
  }
}
