package tranche.app.cli.render;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tranche.api.rollout.RolloutJson;
import tranche.api.rollout.RolloutJson.HoldJson;
import tranche.api.rollout.RolloutJson.TrancheJson;

/// What `watch` says where nothing can be drawn: one line for each change of state.
public final class Changes {
  private Changes() {}

  /// What is different between two looks at a rollout, each line with the time of the second look.
  /// Counts alone are no change of state; [#heartbeat] says them.
  public static List<String> lines(RolloutJson before, RolloutJson after, Instant now, Look look) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < after.tranches().size(); i++) {
      TrancheJson tranche = after.tranches().get(i);
      boolean isNew = i >= before.tranches().size();
      if (isNew || !before.tranches().get(i).state().equals(tranche.state())) {
        lines.add(tranche(tranche));
      }
    }
    int failed = after.failed().count() - before.failed().count();
    if (failed > 0) {
      lines.add(Paint.bad("✕ " + Figures.count(failed) + " more failed: " + causes(after)));
    }
    if (!before.phase().equals(after.phase()) || !codeOf(before).equals(codeOf(after))) {
      lines.add(phase(after));
    }
    return stamped(lines, after, now, look);
  }

  /// Where the rollout stands, for the first line and for every quiet minute.
  public static String heartbeat(RolloutJson rollout, Instant now, Look look) {
    String text = Figures.seconds(now, look.zone()) + "  " + Ladder.line(rollout, plain(look));
    return look.finish(List.of(text)).getFirst();
  }

  private static Look plain(Look look) {
    return new Look(Look.Ink.PLAIN, Look.Glyphs.UNICODE, look.width(), look.zone());
  }

  private static List<String> stamped(
      List<String> lines, RolloutJson rollout, Instant now, Look look) {
    String stamp = Figures.seconds(now, look.zone()) + "  " + rollout.id() + "  ";
    return look.finish(lines.stream().map(line -> stamp + line).toList());
  }

  private static String tranche(TrancheJson tranche) {
    long done = tranche.counts().getOrDefault("done", 0L);
    return "tranche %d %s: %s, %s/%s"
        .formatted(
            tranche.number(),
            tranche.name(),
            Words.of(tranche.state()),
            Figures.count(done),
            Figures.count(tranche.tenants()));
  }

  private static String causes(RolloutJson rollout) {
    return String.join(
        ", ",
        rollout.failed().items().stream()
            .map(t -> t.problem().code())
            .distinct()
            .limit(3)
            .toList());
  }

  private static String codeOf(RolloutJson rollout) {
    // "performing" comes and goes with each step; it is how moving looks, not a reason to wait.
    return rollout.hold().map(HoldJson::code).filter(code -> !code.equals("performing")).orElse("");
  }

  private static String phase(RolloutJson rollout) {
    Optional<String> why =
        rollout
            .halted()
            .map(p -> p.what())
            .or(() ->
                rollout
                    .hold()
                    .filter(h -> !Objects.equals(h.code(), "performing"))
                    .map(h -> h.what() + " (clears: " + h.who() + ")"));
    return Words.of(rollout.phase()) + why.map(w -> ": " + w).orElse("");
  }
}
