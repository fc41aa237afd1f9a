package tranche.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What `-l key=value,key=value` selects. The same key twice means one or the other.
public record Selector(Map<String, List<String>> values) {
  /// Reads selectors that may use these keys.
  ///
  /// @throws tranche.core.problem.ProblemException [CliProblem.SelectorNotUnderstood]
  public static Selector parse(List<String> texts, Set<String> keys) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String text : texts) {
      for (String part : text.split(",", -1)) {
        int equals = part.indexOf('=');
        String key = equals < 0 ? part : part.substring(0, equals).strip();
        String value = equals < 0 ? "" : part.substring(equals + 1).strip();
        if (!keys.contains(key) || value.isEmpty()) {
          String expected = "key=value with one of the keys " + String.join(", ", sorted(keys));
          throw new CliProblem.SelectorNotUnderstood(part, expected).exception();
        }
        values.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
      }
    }
    return new Selector(values);
  }

  private static List<String> sorted(Set<String> keys) {
    return keys.stream().sorted().toList();
  }

  /// All values of a key.
  List<String> all(String key) {
    return values.getOrDefault(key, List.of());
  }

  /// The value of a key that can have one.
  ///
  /// @throws tranche.core.problem.ProblemException [CliProblem.SelectorNotUnderstood]
  Optional<String> one(String key) {
    List<String> all = all(key);
    if (all.size() > 1 || all.stream().anyMatch(v -> v.contains("*"))) {
      String text = key + "=" + String.join("," + key + "=", all);
      throw new CliProblem.SelectorNotUnderstood(text, "one " + key + " without *").exception();
    }
    return all.stream().findFirst();
  }

  /// The values of a key, those with `*` replaced by what there is of that form.
  ///
  /// @throws tranche.core.problem.ProblemException [CliProblem.SelectorNotUnderstood] if there is
  ///   nothing of that form: an empty list would select everybody
  public List<String> expanded(String key, Set<String> known) {
    List<String> expanded = new ArrayList<>();
    for (String value : all(key)) {
      List<String> matching =
          value.contains("*")
              ? known.stream().filter(glob(value)).sorted().toList()
              : List.of(value);
      if (matching.isEmpty()) {
        String expected = "one of " + String.join(", ", sorted(known));
        throw new CliProblem.SelectorNotUnderstood(key + "=" + value, expected).exception();
      }
      expanded.addAll(matching);
    }
    return expanded.stream().distinct().toList();
  }

  boolean hasPattern(String key) {
    return all(key).stream().anyMatch(v -> v.contains("*"));
  }

  private static Predicate<String> glob(String pattern) {
    String[] parts = pattern.split("\\*", -1);
    for (int i = 0; i < parts.length; i++) {
      parts[i] = Pattern.quote(parts[i]);
    }
    return Pattern.compile(String.join(".*", parts)).asMatchPredicate();
  }
}
