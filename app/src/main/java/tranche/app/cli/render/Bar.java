package tranche.app.cli.render;

/// A bar of twenty cells.
final class Bar {
  private static final int CELLS = 20;
  private static final String[] PARTS = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};

  private Bar() {}

  static String of(long done, long all) {
    long eighths = all <= 0 ? 0 : Math.clamp(done * CELLS * 8 / all, 0, CELLS * 8);
    int full = (int) (eighths / 8);
    String part = PARTS[(int) (eighths % 8)];
    return "█".repeat(full) + part + "░".repeat(CELLS - full - part.length());
  }
}
