package tranche.config.problem;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds what a mistyped word was probably meant to be.
final class Nearest {
  private static final int LONGEST = 64;

  private Nearest() {}

  /// The known word that differs least, if it differs by no more than a third of its letters.
  static Optional<String> to(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    return known.stream()
        .filter(k -> distance(word, k) <= Math.max(1, Math.min(k.length(), word.length()) / 3))
        .min(Comparator.comparingInt((String k) -> distance(word, k)).thenComparing(k -> k));
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
