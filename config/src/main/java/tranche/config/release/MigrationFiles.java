package tranche.config.release;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tranche.config.files.TextFile;
import tranche.config.problem.ConfigProblem;
import tranche.core.problem.ProblemException;
import tranche.core.release.Migration;
import tranche.core.release.SchemaPhase;
import tranche.core.release.SchemaVersion;

/// Reads a folder of migrations in Flyway's naming.
final class MigrationFiles {
  private static final int MAX_BYTES = 4 * 1024 * 1024;
  private static final int MAX_FILES = 10_000;
  private static final Pattern NAME =
      Pattern.compile("V([0-9]{1,20}(?:[._][0-9]{1,20}){0,9})__(.+)\\.sql");
  private static final Pattern HEADER =
      Pattern.compile(
          "-- tranche: phase=(?:(expand)|(backfill)(?:"
              + " batch=([1-9][0-9]{0,5}|1000000))?|(contract))\\s*");

  private static final Pattern LIKE_HEADER = Pattern.compile("\\s*--+\\s*tranche\\s*:");

  private MigrationFiles() {}

  /// The migrations in the order of their versions. The folder must hold nothing else.
  static List<Migration> read(Path folder) {
    Map<SchemaVersion, Path> files = new TreeMap<>();
    for (Path file : list(folder)) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      if (!name.matches() || !Files.isRegularFile(file)) {
        throw new ReleaseFolderProblem.MigrationName(file).exception();
      }
      SchemaVersion version = version(name);
      Path first = files.putIfAbsent(version, file);
      if (first != null) {
        throw new ReleaseFolderProblem.DuplicateMigration(version.value(), first, file).exception();
      }
    }
    return files.values().stream().map(MigrationFiles::migration).toList();
  }

  private static SchemaVersion version(Matcher name) {
    return new SchemaVersion(name.group(1).replace('_', '.'));
  }

  private static Collection<Path> list(Path folder) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
      for (Path child : children) {
        files.add(child);
        if (files.size() > MAX_FILES) {
          throw new ConfigProblem.UnreadableFile(folder, "it has more than " + MAX_FILES + " files")
              .exception();
        }
      }
    } catch (IOException e) {
      throw TextFile.unreadable(folder, e);
    }
    return files.stream().sorted().toList();
  }

  private static Migration migration(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    if (!name.matches()) {
      throw new IllegalStateException("was matched before: " + file);
    }
    byte[] bytes = TextFile.bytes(file, MAX_BYTES);
    String sql = TextFile.decode(file, bytes);
    return new Migration(
        version(name), name.group(2).replace('_', ' '), phase(file, sql), sql, Sha256.of(bytes));
  }

  private static SchemaPhase phase(Path file, String sql) {
    String first = sql.lines().findFirst().orElse("");
    sql.lines()
        .skip(1)
        .filter(line -> LIKE_HEADER.matcher(line).lookingAt())
        .findFirst()
        .ifPresent(line -> {
          throw header(file, line.strip() + " (not in the first line)");
        });
    return LIKE_HEADER.matcher(first).lookingAt() ? stated(file, first) : assumed(file, sql);
  }

  private static SchemaPhase assumed(Path file, String sql) {
    SqlText.removing(sql)
        .ifPresent(word -> {
          throw new ReleaseFolderProblem.MigrationPhaseMissing(file, word).exception();
        });
    return SchemaPhase.EXPAND;
  }

  private static SchemaPhase stated(Path file, String first) {
    Matcher header = HEADER.matcher(first);
    if (!header.matches()) {
      throw header(file, first);
    }
    if (header.group(1) != null) {
      return SchemaPhase.EXPAND;
    }
    return header.group(2) != null ? SchemaPhase.BACKFILL : SchemaPhase.CONTRACT;
  }

  private static ProblemException header(Path file, String line) {
    String shown = line.length() > 120 ? line.substring(0, 120) + "..." : line;
    return new ReleaseFolderProblem.MigrationHeader(file, shown).exception();
  }
}
