package tranche.postgres.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What the server has logged since a moment, so that a start is not explained with the lines of an
/// earlier one.
final class ServerLog {
  private static final int FILES_LIMIT = 100;

  private final Layout layout;
  private final Map<Path, Long> sizesBefore = new HashMap<>();

  private ServerLog(Layout layout) {
    this.layout = layout;
  }

  /// Remembers where the log ends now.
  static ServerLog fromNow(Layout layout) throws IOException {
    var log = new ServerLog(layout);
    for (var file : log.files()) {
      log.sizesBefore.put(file, Files.size(file));
    }
    // The console file is emptied by the start itself, so all of it is new.
    log.sizesBefore.remove(layout.consoleLog("postgres"));
    return log;
  }

  /// The last lines logged since, of the console first.
  List<String> tail() throws IOException {
    var lines = new ArrayList<>(Programs.tail(layout.consoleLog("postgres"), 0));
    for (var file : files()) {
      if (!file.equals(layout.consoleLog("postgres"))) {
        lines.addAll(Programs.tail(file, sizesBefore.getOrDefault(file, 0L)));
      }
    }
    return List.copyOf(lines);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(layout.log())) {
      return all.filter(Files::isRegularFile).sorted().limit(FILES_LIMIT).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
