package issuetracker.issue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The lower-case words that stand for [Status] and [Priority] in JSON and in text columns.
public final class Words {
  private Words() {}

  /// The word for a constant: `IN_PROGRESS` is `in_progress`.
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /// The constant that a word stands for; empty for any other word.
  public static <E extends Enum<E>> Optional<E> read(Class<E> type, String word) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> of(constant).equals(word))
        .findFirst();
  }

  /// All words of an enumeration, in its order.
  public static List<String> all(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants()).map(Words::of).toList();
  }
}
