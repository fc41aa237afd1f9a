package tranche.app.cli.render;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tranche.core.fanout.Eta;
import tranche.engine.fanout.Counts;
import tranche.engine.fanout.Snapshot;
import tranche.engine.fanout.Snapshot.ServerProgress;

/// Where a run over many stores is.
public final class SchemaProgressText {
  private static final int SERVERS = 8;

  private SchemaProgressText() {}

  /// The picture that is drawn over itself.
  ///
  /// @param title what is being done
  /// @param failures the latest of them, each in a line
  public static List<String> lines(
      String title, Snapshot snapshot, List<String> failures, Look look) {
    Counts counts = snapshot.counts();
    List<String> lines = new ArrayList<>();
    String state = snapshot.isStopping() ? Paint.held("‖ stopping") : Paint.busy("◐ moving");
    lines.add(state + "  " + title);
    lines.add(
        "  "
            + Paint.busy(Bar.of(counts.ended(), counts.total()))
            + "  "
            + Figures.count(counts.ended())
            + "/"
            + Figures.count(counts.total())
            + "   "
            + rate(snapshot.rate())
            + "   "
            + left(snapshot));
    lines.add("  " + counts(snapshot));
    snapshot.servers().stream().limit(SERVERS).forEach(s -> lines.add(server(s)));
    int more = snapshot.servers().size() - SERVERS;
    if (more > 0) {
      lines.add("  and " + more + " more servers");
    }
    failures.forEach(f -> lines.add("  " + Paint.bad("✕ ") + f));
    return look.finish(lines);
  }

  /// The same in one line, for logs.
  public static String line(Snapshot snapshot, Look look) {
    String text =
        Figures.count(snapshot.counts().ended())
            + "/"
            + Figures.count(snapshot.counts().total())
            + "  "
            + counts(snapshot)
            + "  "
            + rate(snapshot.rate())
            + "  "
            + left(snapshot);
    return look.finish(List.of(text)).getFirst();
  }

  /// A line with its time, for logs.
  public static String stamped(String line, Instant now, Look look) {
    return look.finish(List.of(Figures.seconds(now, look.zone()) + "  " + line)).getFirst();
  }

  private static String counts(Snapshot snapshot) {
    Counts counts = snapshot.counts();
    List<String> parts = new ArrayList<>();
    parts.add(Paint.good("✔ " + Figures.count(counts.done()) + " done"));
    parts.add(Figures.count(snapshot.moving()) + " moving");
    parts.add(Figures.count(snapshot.waiting()) + " waiting");
    if (counts.failed() > 0) {
      parts.add(Paint.bad("✕ " + Figures.count(counts.failed()) + " failed"));
    }
    return String.join(" · ", parts);
  }

  private static String rate(double perSecond) {
    return perSecond >= 10
        ? Figures.count(Math.round(perSecond)) + "/s"
        : String.format(Locale.ROOT, "%.1f/s", perSecond);
  }

  private static String left(Snapshot snapshot) {
    return switch (snapshot.eta()) {
      case Eta.Unknown _ -> "time left not known yet";
      case Eta.Stalled stalled -> Paint.held(stalled.toString());
      case Eta.Between between -> "about " + between + " left";
    };
  }

  private static String server(ServerProgress server) {
    return "  "
        + Paint.dim(server.server())
        + "   "
        + Figures.count(server.moving())
        + " of at most "
        + Figures.count(server.limit())
        + " at once   "
        + rate(server.rate())
        + "   "
        + Figures.count(server.waiting())
        + " waiting"
        + (server.failed() > 0 ? "   " + Paint.bad("✕ " + Figures.count(server.failed())) : "");
  }
}
