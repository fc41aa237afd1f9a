package tranche.app.cli.render;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tranche.api.rollout.RolloutJson;
import tranche.api.rollout.RolloutJson.FailedJson;
import tranche.api.rollout.RolloutJson.FailedTenant;
import tranche.api.rollout.RolloutJson.HoldJson;
import tranche.api.rollout.RolloutJson.TrancheJson;

/// A rollout as a ladder: one rung per tranche with its counts, then what it waits for, who failed
/// of what, and why it stopped.
public final class Ladder {
  private static final int CAUSES = 5;
  private static final int ROOM_FOR_BARS = 90;

  private Ladder() {}

  /// The whole ladder as it is at that time.
  public static List<String> lines(RolloutJson rollout, Instant now, Look look) {
    List<String> lines = new ArrayList<>();
    lines.addAll(Wrapped.lines(head(rollout, now, look), look.width()));
    lines.addAll(rungs(rollout, look));
    rollout
        .hold()
        .filter(_ -> rollout.halted().isEmpty())
        .ifPresent(hold -> lines.addAll(Wrapped.after(mark(rollout), wait(hold, now, look), look)));
    lines.addAll(failed(rollout, look));
    List<String> finished = new ArrayList<>(look.finish(lines));
    rollout
        .halted()
        .ifPresent(
            p -> finished.addAll(ProblemBlock.lines("Halted " + rollout.id(), p.problem(), look)));
    return List.copyOf(finished);
  }

  /// The rollout in one line.
  public static String line(RolloutJson rollout, Look look) {
    String where =
        current(rollout)
            .map(t ->
                ", tranche %d of %d: %s %s/%s"
                    .formatted(
                        t.number(),
                        rollout.tranches().size(),
                        t.name(),
                        Figures.count(done(t)),
                        Figures.count(t.tenants())))
            .orElse("");
    int failed = rollout.failed().count();
    String line =
        rollout.id()
            + "  "
            + rollout.to()
            + "  "
            + Words.of(rollout.phase())
            + where
            + (failed > 0 ? ", " + Paint.bad("✕ " + Figures.count(failed) + " failed") : "");
    return look.finish(List.of(line)).getFirst();
  }

  /// The time of day with its zone, as `live` lines show it.
  public static String clock(Instant now, Look look) {
    return Figures.clock(now, look.zone());
  }

  /// What to type next, given where the rollout stands.
  public static List<String> next(RolloutJson rollout) {
    String id = rollout.id();
    return switch (rollout.phase()) {
      case "done" -> List.of("tranche fleet show");
      case "reverted", "cancelled" -> List.of("tranche rollout journal " + id);
      case "halted" ->
          List.of(
              "tranche rollout explain " + id,
              "tranche rollout revert " + id + " --all --reason \"...\"");
      case "paused" -> List.of("tranche rollout resume " + id);
      case "held" ->
          gate(rollout).map(List::of).orElseGet(() -> List.of("tranche rollout explain " + id));
      default -> List.of("tranche rollout watch " + id);
    };
  }

  /// The command that opens the gate at which the rollout waits for an approval.
  private static Optional<String> gate(RolloutJson rollout) {
    if (rollout.hold().filter(h -> h.code().equals("approval")).isEmpty()) {
      return Optional.empty();
    }
    String gate =
        rollout.tranches().stream()
            .filter(t -> needsApproval(t) && !t.state().equals("done"))
            .findFirst()
            .map(t -> "--tranche " + t.number())
            .orElse("--contract");
    return Optional.of("tranche rollout approve " + rollout.id() + " " + gate);
  }

  private static String head(RolloutJson rollout, Instant now, Look look) {
    String where =
        rollout.over()
            ? ""
            : current(rollout)
                .map(t -> ", tranche " + t.number() + " of " + rollout.tranches().size())
                .orElse("");
    String started =
        "started %s by %s · plan %s"
            .formatted(
                Figures.at(rollout.startedAt(), now, look.zone()), rollout.by(), rollout.plan());
    String word = rollout.phase();
    return Paint.strong(rollout.id())
        + "  "
        + rollout.to()
        + "  "
        + Words.paint(word, Words.glyph(word) + " " + word + where)
        + "   "
        + Paint.dim(started);
  }

  /// The first tranche that is not done.
  private static Optional<TrancheJson> current(RolloutJson rollout) {
    return rollout.tranches().stream().filter(t -> !t.state().equals("done")).findFirst();
  }

  private static List<String> rungs(RolloutJson rollout, Look look) {
    Table table =
        new Table(
            "", Table.Column.LEFT, Table.Column.RIGHT, Table.Column.LEFT, Table.Column.BENDING);
    boolean hasRoom = look.width() > ROOM_FOR_BARS;
    int count = rollout.tranches().size();
    for (int i = 0; i < count; i++) {
      TrancheJson tranche = rollout.tranches().get(i);
      String word = word(tranche, rollout);
      String rung = i == count - 1 ? "└─ " : "├─ ";
      table.row(
          rung
              + Words.paint(word, Words.glyph(word))
              + " "
              + tranche.number()
              + " "
              + tranche.name(),
          Figures.count(done(tranche)) + "/" + Figures.count(tranche.tenants()),
          hasRoom ? Words.paint(word, Bar.of(done(tranche), tranche.tenants())) : "",
          note(tranche, rollout, word));
    }
    return table.lines(look);
  }

  /// The word for a tranche: its own, unless the rollout stopped in it or took all of it back.
  private static String word(TrancheJson tranche, RolloutJson rollout) {
    long reverted = count(tranche, "reverted");
    if (reverted > 0 && reverted + count(tranche, "waiting") == tranche.tenants()) {
      return "reverted";
    }
    boolean isHere = current(rollout).filter(tranche::equals).isPresent();
    boolean hasStopped = isHere && !rollout.phase().equals("moving") && !rollout.over();
    return hasStopped ? rollout.phase() : tranche.state();
  }

  private static String note(TrancheJson tranche, RolloutJson rollout, String word) {
    List<String> parts = new ArrayList<>(List.of(word));
    tranche
        .counts()
        .forEach((state, count) -> {
          boolean isSaid = state.equals("done") || (state.equals("waiting") && done(tranche) == 0);
          if (count > 0 && !isSaid) {
            parts.add((state.equals("failed") ? "✕ " : "") + Figures.count(count) + " " + state);
          }
        });
    boolean isOpen = !rollout.over() && !tranche.state().equals("done");
    tranche
        .approval()
        .filter(_ -> isOpen)
        .map(a ->
            a.startsWith("needed: ")
                ? "gate approval: " + a.substring("needed: ".length())
                : "approved by " + a)
        .ifPresent(parts::add);
    return String.join(" · ", parts);
  }

  private static boolean needsApproval(TrancheJson tranche) {
    return tranche.approval().filter(a -> a.startsWith("needed: ")).isPresent();
  }

  private static long done(TrancheJson tranche) {
    return count(tranche, "done");
  }

  private static long count(TrancheJson tranche, String word) {
    return tranche.counts().getOrDefault(word, 0L);
  }

  private static String mark(RolloutJson rollout) {
    return "   " + Words.paint(rollout.phase(), Words.glyph(rollout.phase())) + " ";
  }

  private static String wait(HoldJson hold, Instant now, Look look) {
    String since = "since " + Figures.at(hold.since(), now, look.zone());
    String until =
        hold.until().map(u -> ", until " + Figures.at(u, now, look.zone()) + in(now, u)).orElse("");
    return hold.what() + "   " + since + until + " · clears: " + hold.who();
  }

  private static String in(Instant now, Instant until) {
    var rest = java.time.Duration.between(now, until);
    return rest.isPositive() ? " (in " + Figures.about(rest) + ")" : "";
  }

  /// Failed tenants by cause, the most frequent first: one of each in full, the others counted.
  private static List<String> failed(RolloutJson rollout, Look look) {
    FailedJson failed = rollout.failed();
    Map<String, List<FailedTenant>> byCause =
        failed.items().stream()
            .collect(
                Collectors.groupingBy(
                    t -> t.problem().code(), LinkedHashMap::new, Collectors.toList()));
    List<String> lines = new ArrayList<>();
    byCause.values().stream()
        .sorted(Comparator.comparingInt(group -> -group.size()))
        .limit(CAUSES)
        .forEach(group -> lines.addAll(cause(group, look)));
    int unsaid = failed.count() - failed.items().size();
    if (unsaid > 0) {
      lines.add("   ✕ " + Figures.count(unsaid) + " more");
    }
    if (!lines.isEmpty()) {
      lines.add("   all of them: tranche rollout explain " + rollout.id() + " --failed");
    }
    return lines;
  }

  private static List<String> cause(List<FailedTenant> group, Look look) {
    FailedTenant first = group.getFirst();
    String text = first.problem().code() + "  " + first.problem().what();
    List<String> lines =
        new ArrayList<>(Wrapped.after("   ✕ " + first.tenant() + "  ", text, look));
    if (group.size() > 1) {
      lines.add("   ✕ " + Figures.count(group.size() - 1L) + " more, same cause");
    }
    return lines;
  }
}
