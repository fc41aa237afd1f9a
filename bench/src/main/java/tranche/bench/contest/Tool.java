package tranche.bench.contest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/// A tool that takes part, with the settings of parallelism that are tried.
public enum Tool {
  /// Written by hand.
  FLOOR,
  /// As it decides by itself.
  TRANCHE,
  /// Sequential, and in parallel in one process.
  FLYWAY,
  /// Sequential only.
  LIQUIBASE;

  private static final List<Integer> FLOOR_CONNECTIONS = List.of(1, 2, 3, 4, 6, 8);
  private static final List<Integer> FLYWAY_THREADS = List.of(1, 2, 4, 8);

  /// Its contestants, fewest connections first.
  public List<Contestant> contestants() {
    return switch (this) {
      case FLOOR -> FLOOR_CONNECTIONS.stream().<Contestant>map(Floor::new).toList();
      case TRANCHE -> List.of(new TrancheFanout());
      case FLYWAY -> FLYWAY_THREADS.stream().<Contestant>map(FlywayLoop::new).toList();
      case LIQUIBASE -> List.of(new LiquibaseLoop());
    };
  }

  /// Its name, lower case, as contestants carry it.
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The version of the library; empty for what is written here.
  ///
  /// @throws UncheckedIOException when the build left no list of versions
  public Optional<String> version() {
    var versions = new Properties();
    try (InputStream file = Tool.class.getResourceAsStream("versions.properties")) {
      versions.load(Objects.requireNonNull(file, "versions.properties is missing"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Optional.ofNullable(versions.getProperty(title()));
  }
}
