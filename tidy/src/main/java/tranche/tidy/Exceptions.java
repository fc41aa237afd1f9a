package tranche.tidy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The places that may break a rule, each with a reason, from `tidy/exceptions.txt`.
public final class Exceptions {
  private final List<Entry> entries;
  private final Set<Entry> used = new HashSet<>();

  private Exceptions(List<Entry> entries) {
    this.entries = entries;
  }

  private record Entry(String rule, String where, String reason) {
    boolean excuses(Violation violation) {
      return rule.equals(violation.rule()) && where.equals(violation.where());
    }
  }

  /// Reads the list.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws IllegalArgumentException if a line has no reason
  public static Exceptions read(Path file) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        entries.add(entry(line));
      }
    }
    return new Exceptions(entries);
  }

  private static Entry entry(String line) {
    String[] parts = line.strip().split("\\s+", 3);
    if (parts.length < 3) {
      throw new IllegalArgumentException("an exception needs rule, place and reason: " + line);
    }
    return new Entry(parts[0], parts[1], parts[2]);
  }

  /// What remains of the violations when the excused ones are taken away.
  public List<Violation> without(List<Violation> violations) {
    List<Violation> left = new ArrayList<>();
    for (Violation violation : violations) {
      List<Entry> excuses = entries.stream().filter(entry -> entry.excuses(violation)).toList();
      used.addAll(excuses);
      if (excuses.isEmpty()) {
        left.add(violation);
      }
    }
    return left;
  }

  /// The lines about this rule that excused nothing so far.
  public List<Violation> unused(String rule) {
    return entries.stream()
        .filter(entry -> entry.rule().equals(rule) && !used.contains(entry))
        .map(entry -> new Violation(rule, entry.where(), "excused by a line that can be removed"))
        .toList();
  }
}
