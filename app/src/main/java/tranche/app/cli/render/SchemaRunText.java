package tranche.app.cli.render;

import java.util.ArrayList;
import java.util.List;
import tranche.api.schema.SchemaRunJson;
import tranche.api.schema.SchemaRunJson.FailureJson;
import tranche.api.schema.SchemaRunJson.RanJson;

/// How a run over many stores ended: how many, how fast, who failed of what.
public final class SchemaRunText {
  private static final int CAUSES = 8;
  private static final int RAN = 6;

  private SchemaRunText() {}

  /// The summary.
  public static List<String> lines(SchemaRunJson run, Look look) {
    List<String> lines = new ArrayList<>();
    lines.addAll(Wrapped.lines(head(run), look.width()));
    lines.addAll(counts(run, look));
    run.failures().stream()
        .limit(CAUSES)
        .forEach(failure -> lines.addAll(failure(failure, look)));
    int more = run.failures().size() - CAUSES;
    if (more > 0) {
      lines.add("    and " + more + " more causes; -o json shows all");
    }
    lines.addAll(SchemaPlanText.still(run.still(), look));
    lines.addAll(SchemaWords.leftOut(run.leftOut(), look));
    run.why()
        .ifPresent(why ->
            lines.addAll(Wrapped.after("  ended  ", why.what() + ". " + why.fix(), look)));
    return look.finish(lines);
  }

  private static String head(SchemaRunJson run) {
    String verb = run.verb().equals("revert") ? "Taken back" : "Applied";
    String rate = rate(run);
    return Paint.strong(verb)
        + "  "
        + Figures.count(run.done())
        + " of "
        + Figures.count(run.stores(), "store")
        + " in "
        + took(run)
        + rate
        + "   "
        + Paint.dim(run.run());
  }

  private static String took(SchemaRunJson run) {
    long millis = run.took().toMillis();
    return millis < 10_000
        ? String.format(java.util.Locale.ROOT, "%.1f s", millis / 1000.0)
        : Figures.about(run.took());
  }

  private static String rate(SchemaRunJson run) {
    long millis = Math.max(1, run.took().toMillis());
    long perSecond = run.done() * 1000 / millis;
    return perSecond < 2 ? "" : " (" + Figures.count(perSecond) + "/s)";
  }

  private static List<String> counts(SchemaRunJson run, Look look) {
    List<String> lines = new ArrayList<>();
    if (run.done() > 0) {
      lines.addAll(
          Wrapped.after(
              "  " + Paint.good("✔ " + Figures.count(run.done()) + " done") + "   ",
              ran(run.ran()),
              look));
    }
    if (run.unchanged() > 0) {
      lines.add("  ✔ " + Figures.count(run.unchanged()) + " had nothing to do");
    }
    if (run.waiting() > 0) {
      lines.add("  ○ " + Figures.count(run.waiting()) + " not begun");
    }
    if (run.failed() > 0) {
      lines.add("  " + Paint.bad("✕ " + Figures.count(run.failed()) + " failed"));
    }
    return lines;
  }

  private static String ran(List<RanJson> ran) {
    List<String> named =
        ran.stream().map(r -> r.key() + " on " + Figures.count(r.stores())).limit(RAN).toList();
    int more = ran.size() - named.size();
    return String.join(" · ", named) + (more > 0 ? " · " + more + " more" : "");
  }

  private static List<String> failure(FailureJson failure, Look look) {
    List<String> lines = new ArrayList<>();
    String at = failure.at().map(key -> " at " + key).orElse("");
    lines.addAll(
        Wrapped.after(
            "    ",
            Figures.count(failure.stores())
                + "  "
                + Paint.bad(failure.problem().code())
                + at
                + "   "
                + SchemaWords.examples(failure.examples(), failure.stores()),
            look));
    lines.addAll(Wrapped.after("       what   ", flat(failure.problem().what()), look));
    lines.addAll(Wrapped.after("       fix    ", flat(failure.problem().fix()), look));
    return lines;
  }

  private static String flat(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " · ");
  }
}
