package tranche.app.schema.selection;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tranche.config.TrancheConfig;
import tranche.config.database.Server;
import tranche.postgres.embedded.EmbeddedPostgres;
import tranche.postgres.embedded.ServerAddress;

/// The embedded server as commands use it: they neither start nor stop it.
public final class EmbeddedServer {
  private EmbeddedServer() {}

  /// The embedded server, if the fleet has stores on it.
  ///
  /// @throws tranche.core.problem.ProblemException if it has and the server does not run
  static Optional<ServerAddress> ofStores(TrancheConfig config, Path data) {
    boolean isUsed =
        config.fleet().databases().values().stream()
            .anyMatch(d -> d.server() instanceof Server.Embedded);
    return isUsed ? Optional.of(running(data)) : Optional.empty();
  }

  /// The embedded server, if the fleet has stores on it or a control plane has kept its records
  /// there.
  ///
  /// @throws tranche.core.problem.ProblemException if so and the server does not run
  public static Optional<ServerAddress> ofStoresAndRecords(TrancheConfig config, Path data) {
    boolean hasRecords =
        config.controlPlane().store().isEmpty() && Files.isDirectory(data.resolve("postgres"));
    return hasRecords ? Optional.of(running(data)) : ofStores(config, data);
  }

  private static ServerAddress running(Path data) {
    Optional<ServerAddress> running =
        Files.isDirectory(data)
            ? EmbeddedPostgres.running(data.resolve("postgres"))
            : Optional.empty();
    return running.orElseThrow(
        () -> new TargetProblem.EmbeddedServerDown(data.toString()).exception());
  }
}
