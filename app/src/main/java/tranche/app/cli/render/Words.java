package tranche.app.cli.render;

/// The glyph that stands beside each word for a state, and its colour.
final class Words {
  private Words() {}

  static String glyph(String word) {
    return switch (word) {
      case "done", "active", "ok" -> "✔";
      case "moving", "migrating", "switching", "baking" -> "◐";
      case "held", "paused" -> "‖";
      case "failed", "halted" -> "✕";
      case "reverting", "reverted", "cancelled", "suspended" -> "–";
      default -> "○";
    };
  }

  static String paint(String word, String text) {
    return switch (word) {
      case "done", "ok" -> Paint.good(text);
      case "moving", "migrating", "switching", "baking" -> Paint.busy(text);
      case "held", "paused", "reverting", "reverted" -> Paint.held(text);
      case "failed", "halted" -> Paint.bad(text);
      default -> text;
    };
  }

  /// The word behind its glyph.
  static String of(String word) {
    return paint(word, glyph(word) + " " + word);
  }
}
