package tranche.server.http;

import java.util.List;
import java.util.Optional;

/// A page of a list that does not change, with the cursor of the next one.
public record Slice<T>(List<T> items, long total, Optional<String> next) {
  private static final int DEFAULT = 100;
  private static final int MOST = 1_000;

  public Slice {
    items = List.copyOf(items);
  }

  /// The page of `all` that is asked for by `limit` and `cursor`.
  ///
  /// @throws tranche.core.problem.ProblemException [RequestProblem.ValueNotAllowed]
  public static <T> Slice<T> of(List<T> all, Ask ask) {
    int from = Math.min(Cursor.position(ask), all.size());
    int to = Math.min(from + ask.limit(DEFAULT, MOST), all.size());
    Optional<String> next = to < all.size() ? Optional.of(Cursor.of("" + to)) : Optional.empty();
    return new Slice<>(all.subList(from, to), all.size(), next);
  }
}
