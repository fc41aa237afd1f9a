package tranche.config.migration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tranche.core.migration.Requirement;
import tranche.core.release.SchemaPhase;
import tranche.core.release.SchemaVersion;

/// What the comments `-- tranche: key=value` at the top of a script say. They stand before the
/// first statement; several keys may be in one line, and several lines may be headers.
///
/// @param lines the headers as they are written
record Header(
    Optional<SchemaPhase> phase,
    Optional<Integer> batch,
    List<Requirement> requires,
    List<String> allowed,
    List<String> lines) {
  private static final Pattern BEGINNING = Pattern.compile("\\s*--+\\s*tranche\\s*:");
  private static final Pattern BATCH = Pattern.compile("[1-9][0-9]{0,5}|1000000");
  private static final Pattern RULE = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");
  private static final Pattern STORE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");

  /// A script without a header.
  static final Header NONE =
      new Header(Optional.empty(), Optional.empty(), List.of(), List.of(), List.of());

  /// Reads the headers of a script.
  ///
  /// @throws tranche.core.problem.ProblemException [ScriptProblem.MigrationHeader]
  static Header of(Path file, String text) {
    if (!text.contains("tranche")) {
      return NONE;
    }
    TopLines top = new TopLines();
    List<String> headers = new ArrayList<>();
    for (String line : text.lines().toList()) {
      boolean isComment = top.isComment(line);
      if (BEGINNING.matcher(line).lookingAt()) {
        if (!isComment) {
          throw wrong(file, line.strip() + " (not a line of its own before the first statement)");
        }
        headers.add(line.strip());
      }
    }
    Entries entries = new Entries(file);
    headers.forEach(entries::line);
    return entries.header(headers);
  }

  static RuntimeException wrong(Path file, String line) {
    String shown = line.length() > 120 ? line.substring(0, 120) + "..." : line;
    return new ScriptProblem.MigrationHeader(file, shown).exception();
  }

  /// Gathers the keys of the header lines of one script.
  private static final class Entries {
    private final Path file;
    private final List<Requirement> requires = new ArrayList<>();
    private final List<String> allowed = new ArrayList<>();
    private Optional<SchemaPhase> phase = Optional.empty();
    private Optional<Integer> batch = Optional.empty();
    private String batchLine = "";

    Entries(Path file) {
      this.file = file;
    }

    void line(String line) {
      String rest = BEGINNING.matcher(line).replaceFirst("").strip();
      for (String entry : rest.split("\\s+", -1)) {
        int at = entry.indexOf('=');
        if (at < 0) {
          throw wrong(file, line);
        }
        entry(line, entry.substring(0, at), entry.substring(at + 1));
      }
    }

    private void entry(String line, String key, String value) {
      boolean isFine =
          switch (key) {
            case "phase" -> phase(value);
            case "batch" -> batch(line, value);
            case "requires" -> each(value, this::requirement);
            case "allow" -> each(value, rule -> RULE.matcher(rule).matches() && allowed.add(rule));
            default -> false;
          };
      if (!isFine) {
        throw wrong(file, line);
      }
    }

    private static boolean each(String value, java.util.function.Predicate<String> reading) {
      return List.of(value.split(",", -1)).stream().allMatch(reading);
    }

    private boolean phase(String value) {
      if (phase.isPresent()) {
        return false;
      }
      phase =
          List.of(SchemaPhase.values()).stream().filter(p -> p.word().equals(value)).findFirst();
      return phase.isPresent();
    }

    private boolean batch(String line, String value) {
      if (batch.isPresent() || !BATCH.matcher(value).matches()) {
        return false;
      }
      batch = Optional.of(Integer.valueOf(value));
      batchLine = line;
      return true;
    }

    private boolean requirement(String value) {
      int at = value.indexOf('@');
      if (at < 0
          || !STORE.matcher(value.substring(0, at)).matches()
          || !SchemaVersion.isWellFormed(value.substring(at + 1))) {
        return false;
      }
      return requires.add(
          new Requirement(value.substring(0, at), new SchemaVersion(value.substring(at + 1))));
    }

    Header header(List<String> lines) {
      if (batch.isPresent() && !phase.equals(Optional.of(SchemaPhase.BACKFILL))) {
        throw wrong(file, batchLine);
      }
      return new Header(phase, batch, List.copyOf(requires), List.copyOf(allowed), lines);
    }
  }
}
