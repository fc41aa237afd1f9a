package tranche.app.cli.render;

import java.util.List;
import tranche.api.rollout.EventJson;

/// Entries of a journal, one line each.
public final class JournalText {
  private static final int SEQ = 7;
  private static final int TYPE = 16;

  private JournalText() {}

  /// Sequence number, time, kind and sentence of an entry.
  public static String line(EventJson event, Look look) {
    String text =
        Paint.padLeft(String.valueOf(event.seq()), SEQ)
            + "  "
            + Figures.full(event.at(), look.zone())
            + "  "
            + event.rollout()
            + "  "
            + Paint.padRight(Words.paint(word(event.type()), event.type()), TYPE)
            + "  "
            + event.text();
    return look.finish(List.of(text)).getFirst();
  }

  /// The time and sentence of an entry: how `watch` says it where nothing can be drawn.
  public static String brief(EventJson event, Look look) {
    String text =
        Figures.seconds(event.at(), look.zone()) + "  " + event.rollout() + "  " + event.text();
    return look.finish(List.of(text)).getFirst();
  }

  private static String word(String type) {
    return switch (type) {
      case "halted", "tenant-failed", "step-failed" -> "failed";
      case "paused" -> "paused";
      case "finished" -> "done";
      default -> "";
    };
  }
}
