package tranche.app.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tranche.api.fleet.TenantAddJson;
import tranche.api.fleet.TenantAddJson.ListedJson;
import tranche.api.fleet.TenantAddJson.MadeJson;

/// A tenant that was added, or would be.
public final class TenantAddText {
  private static final int NAMED = 5;

  private TenantAddText() {}

  /// What was done, step by step.
  public static List<String> lines(TenantAddJson added, Look look) {
    List<String> lines = new ArrayList<>();
    lines.add(head(added));
    if (added.stores().isEmpty()) {
      String text = "no store to make: it lives in stores that are there";
      lines.addAll(Wrapped.after("  " + glyph(added.isDry()) + " ", text, look));
    }
    added.stores().forEach(store -> lines.addAll(store(store, added.isDry(), look)));
    lines.addAll(listed(added, look));
    added
        .remarks()
        .forEach(remark -> lines.addAll(Wrapped.after("  " + Paint.held("‖") + " ", remark, look)));
    if (added.isDry()) {
      lines.add("Nothing has been changed.");
    }
    return look.finish(lines);
  }

  private static String head(TenantAddJson added) {
    String region = added.region().isEmpty() ? "" : ", " + added.region();
    String model =
        switch (added.model()) {
          case "row" -> "rows in a shared store";
          case "schema" -> "a schema of its own";
          case "database" -> "a database of its own";
          default -> "a shared store and one of its own";
        };
    String took =
        added.isDry()
            ? ""
            : String.format(Locale.ROOT, " in %.1f s", added.took().toMillis() / 1000.0);
    String verb = added.isDry() ? "Would add " : done(added) ? "Added " : "Made ready for ";
    return verb
        + Paint.strong(added.tenant())
        + took
        + "   "
        + added.tier()
        + region
        + ", "
        + model;
  }

  private static boolean done(TenantAddJson added) {
    return !added.listed().how().equals("by-hand");
  }

  private static List<String> store(MadeJson store, boolean isDry, Look look) {
    String how =
        switch (store.how()) {
          case "continued" -> isDry ? "go on with what was begun" : "gone on with what was begun";
          default -> isDry ? "create" : "created";
        };
    String version = store.version().map(v -> "at V" + v + ", ").orElse("empty, ");
    String shared = store.isShared() ? " (shared)" : "";
    List<String> lines =
        new ArrayList<>(
            Wrapped.after(
                "  " + glyph(isDry) + " store " + store.store() + shared + "   ",
                how + ", " + version + store.because(),
                look));
    if (!store.ran().isEmpty()) {
      lines.addAll(Wrapped.after("    " + glyph(isDry) + " ", ran(store, isDry), look));
    }
    return lines;
  }

  private static String ran(MadeJson store, boolean isDry) {
    List<String> ran = store.ran();
    String verb = isDry ? "run " : "ran ";
    String named = String.join(" · ", ran.stream().limit(NAMED).toList());
    int more = ran.size() - NAMED;
    return verb
        + Figures.count(ran.size(), "migration")
        + ": "
        + named
        + (more > 0 ? " · " + more + " more" : "");
  }

  private static List<String> listed(TenantAddJson added, Look look) {
    ListedJson listed = added.listed();
    return switch (listed.how()) {
      case "before" ->
          Wrapped.after("  " + glyph(added.isDry()) + " list   ", "on it: " + listed.where(), look);
      case "by-hand" -> {
        String text = "write this into " + listed.where() + ", then run the same command again:";
        List<String> lines = new ArrayList<>();
        lines.addAll(Wrapped.after("  " + Paint.held("‖") + " list   ", text, look));
        lines.add("           " + listed.text());
        yield lines;
      }
      default ->
          Wrapped.after(
              "  " + glyph(added.isDry()) + " list   ",
              (added.isDry() ? "write to " : "") + listed.where() + "   " + listed.text(),
              look);
    };
  }

  private static String glyph(boolean isDry) {
    return isDry ? "○" : Paint.good("✔");
  }
}
