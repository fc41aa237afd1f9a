package tranche.core.structure;

/// Definitions, which may be whole function bodies, shortened for a sentence.
final class OneLine {
  private static final int LIMIT = 160;
  private static final int LEAD = 40;
  private static final String GAP = "...";

  private OneLine() {}

  record Pair(String first, String second) {}

  static String of(String definition) {
    return cut(flat(definition), 0);
  }

  /// Both, starting shortly before they begin to differ if that is beyond the limit.
  static Pair differing(String first, String second) {
    String one = flat(first);
    String two = flat(second);
    int same = 0;
    while (same < Math.min(one.length(), two.length()) && one.charAt(same) == two.charAt(same)) {
      same++;
    }
    int from = same < LIMIT - LEAD ? 0 : same - LEAD;
    return new Pair(cut(one, from), cut(two, from));
  }

  private static String flat(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  private static String cut(String text, int from) {
    String rest = text.substring(Math.min(from, text.length()));
    String shown = rest.length() <= LIMIT ? rest : rest.substring(0, LIMIT) + GAP;
    return from == 0 ? shown : GAP + shown;
  }
}
