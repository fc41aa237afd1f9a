package tranche.app.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tranche.api.problem.RecordedJson;
import tranche.api.schema.ReferenceJson;
import tranche.api.schema.SchemaRunJson;
import tranche.api.schema.SchemaRunJson.FailureJson;
import tranche.api.schema.SchemaRunJson.RanJson;
import tranche.api.schema.SchemaRunJson.SkippedJson;

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
    run.failures().stream().limit(CAUSES).forEach(failure -> lines.addAll(failure(failure, look)));
    int more = run.failures().size() - CAUSES;
    if (more > 0) {
      lines.add("    and " + more + " more causes; -o json shows all");
    }
    run.skipped().forEach(skipped -> lines.addAll(skipped(skipped, look)));
    run.remarks().forEach(remark -> lines.addAll(remark(remark, look)));
    run.references().forEach(r -> lines.addAll(reference(r, look)));
    String ending = ending(run);
    if (!ending.isEmpty()) {
      lines.addAll(Wrapped.lines(ending, look.width()));
    }
    return look.finish(lines);
  }

  private static List<String> reference(ReferenceJson reference, Look look) {
    String name = "references " + reference.reference() + ": ";
    List<String> parts = new ArrayList<>();
    if (reference.broken() > 0) {
      String examples =
          reference.brokenExamples().stream()
              .map(b -> b.store() + " (" + Figures.count(b.missing()) + ")")
              .collect(Collectors.joining(", "));
      parts.add(
          Figures.count(reference.broken(), "store")
              + " with values that are not there, by number of values: "
              + examples);
    }
    parts.add("all values of " + Figures.count(reference.checked(), "store") + " looked at");
    if (reference.nothing() > 0) {
      parts.add(Figures.count(reference.nothing(), "store") + " without such a column");
    }
    if (reference.unfinished() > 0) {
      parts.add(
          Figures.count(reference.unfinished(), "store") + " not to the end: " + reference.why());
    }
    String mark =
        reference.broken() > 0
            ? Paint.bad("✕ " + name)
            : reference.unfinished() > 0 ? Paint.held("○ " + name) : Paint.good("✔ " + name);
    return Wrapped.after("  ", mark + String.join("; ", parts), look);
  }

  private static String head(SchemaRunJson run) {
    if (run.unchanged() == run.stores()) {
      return Paint.strong("Nothing to do")
          + " on "
          + Figures.count(run.stores(), "store")
          + ", found in "
          + took(run)
          + "   "
          + Paint.dim(run.run());
    }
    String verb = run.verb().equals("revert") ? "Taken back on" : "Applied to";
    boolean isFast = run.done() > 0 && run.perSecond() >= 1.5;
    String rate = isFast ? " (" + Figures.count(Math.round(run.perSecond())) + "/s)" : "";
    return Paint.strong(verb)
        + " "
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
    if (millis < 10_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    return millis < 120_000 ? millis / 1000 + " s" : Figures.about(run.took());
  }

  private static List<String> counts(SchemaRunJson run, Look look) {
    List<String> lines = new ArrayList<>();
    if (run.done() > 0) {
      String heading = "  " + Paint.good("✔ " + Figures.count(run.done()) + " done") + "   ";
      lines.addAll(Wrapped.after(heading, ran(run.ran()), look));
    }
    if (run.unchanged() > 0 && run.unchanged() < run.stores()) {
      lines.add("  ✔ " + Figures.count(run.unchanged()) + " had nothing to do");
    }
    if (run.late() > 0) {
      lines.add("  · " + Figures.count(run.late()) + " of all came while it ran");
    }
    if (run.waiting() > 0) {
      lines.add("  ○ " + Figures.count(run.waiting()) + " not begun");
    }
    if (run.interrupted() > 0) {
      lines.add("  " + Paint.held("‖ " + Figures.count(run.interrupted()) + " interrupted"));
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
    String heading =
        Figures.count(failure.stores())
            + "  "
            + Paint.bad(failure.problem().code())
            + at
            + "   "
            + SchemaWords.examples(failure.examples(), failure.stores());
    lines.addAll(Wrapped.after("    ", heading, look));
    lines.addAll(Wrapped.after("       what   ", flat(failure.problem().what()), look));
    lines.addAll(Wrapped.after("       fix    ", flat(failure.problem().fix()), look));
    return lines;
  }

  private static List<String> skipped(SkippedJson skipped, Look look) {
    String heading = "  – " + Figures.count(skipped.count()) + " left alone   ";
    String named = SchemaWords.examples(skipped.examples(), skipped.count());
    return Wrapped.after(heading, skipped.reason() + ": " + named, look);
  }

  private static List<String> remark(RecordedJson remark, Look look) {
    String text = remark.what() + ". " + remark.fix();
    return Wrapped.after("  " + Paint.held("‖ " + remark.code()) + "   ", flat(text), look);
  }

  private static String flat(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " · ");
  }

  private static String ending(SchemaRunJson run) {
    return switch (run.ended()) {
      case "budget-spent" ->
          run.waiting() == 0
              ? ""
              : "Ended early, because more stores failed than may. What was done stays; the same"
                  + " command goes on where this one ended, with --on-error continue also past"
                  + " failures.";
      case "stopped" ->
          "Stopped. What was done stays; the same command goes on where this one ended.";
      case "timed-out" ->
          "Ended by --timeout. What was done stays; the same command goes on where this one ended.";
      default -> "";
    };
  }
}
