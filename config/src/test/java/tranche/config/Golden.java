package tranche.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemException;

/// Cases as files: what is read, and beside it what must come out. Run with `-Dgolden.update=true`
/// to write the second from what does come out.
public final class Golden {
  private static final Path RESOURCES = Path.of("src/test/resources");

  private Golden() {}

  /// The entries of a folder of cases that end like that, sorted, at least one.
  public static List<Path> cases(String folder, String ending) {
    try (Stream<Path> files = Files.list(RESOURCES.resolve(folder))) {
      List<Path> cases = files.filter(f -> f.toString().endsWith(ending)).sorted().toList();
      assertThat(cases).isNotEmpty();
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What reading says: `ok`, or the problem with `folder` shortened.
  public static String outcome(Path folder, Runnable reading) {
    try {
      reading.run();
      return "ok\n";
    } catch (ProblemException e) {
      return text(e.problem()).replace(folder.toString(), "FOLDER");
    }
  }

  private static String text(Problem problem) {
    return "%s (%s)%nwhat %s%nwhy  %s%nfix  %s%n"
        .formatted(problem.code(), problem.kind(), problem.what(), problem.why(), problem.fix());
  }

  /// Compares with, or writes, the expected text.
  public static void check(Path expected, String actual) throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(expected, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(expected));
  }

  /// Copies a folder.
  public static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
