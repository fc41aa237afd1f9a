package tranche.app.server;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tranche.config.ConfigReader;
import tranche.config.TrancheConfig;
import tranche.core.fleet.Fleet;
import tranche.drivers.gateway.RunningGateway;
import tranche.postgres.embedded.EmbeddedPostgres;
import tranche.postgres.embedded.StartOutcome;

/// `tranche up`: the control plane, in the foreground.
@Command(
    name = "up",
    description = {
      "Start the control plane in the foreground.",
      "",
      "Reads tranche.yaml, starts or adopts the embedded PostgreSQL and the gateway, goes on with"
          + " any rollout that has not ended, and listens for commands. ctrl-C stops the control"
          + " plane only: gateway, instances and PostgreSQL go on serving. `tranche down` stops"
          + " those."
    },
    footer = {"", "Example: tranche up --config tranche.yaml"})
public final class Up implements Callable<Integer> {
  private static final long CLOSE_SECONDS_MAX = 20;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration. Default: ${DEFAULT-VALUE}.")
  private Path config = Path.of("tranche.yaml");

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "The data folder. Default: `data` of the configuration, or .tranche beside it.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Where commands are listened for, instead of `server.listen`; port 0 is any.")
  private Optional<String> listen = Optional.empty();

  @Option(
      names = "--gateway-listen",
      paramLabel = "HOST:PORT",
      description = "Where the gateway listens, instead of `gateway.listen`; port 0 is any.")
  private Optional<String> gatewayListen = Optional.empty();

  @Spec private CommandSpec command = CommandSpec.create();

  /// An instance for picocli, which sets the options.
  public Up() {}

  @Override
  public Integer call() throws Exception {
    ServerLogging.toStandardError();
    TrancheConfig read =
        ListenOptions.apply(ConfigReader.read(config, System.getenv()), listen, gatewayListen);
    ConfiguredFleet.check(read);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Thread hook = new Thread(() -> closeOnSignal(asked, closed), "close");
    try (DataFolder folder = DataFolder.open(data.orElse(read.controlPlane().data()))) {
      PrintWriter out = command.commandLine().getOut();
      RunningControlPlane plane = RunningControlPlane.start(read, folder, new Lines(out));
      try {
        Runtime.getRuntime().addShutdownHook(hook);
        asked.await();
      } finally {
        plane.close();
      }
      out.println("Stopped. Gateway, instances and PostgreSQL go on; `tranche down` stops them.");
      out.flush();
    } finally {
      closed.countDown();
    }
    return 0;
  }

  private static void closeOnSignal(CountDownLatch asked, CountDownLatch closed) {
    asked.countDown();
    try {
      if (!closed.await(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
        System.err.println("tranche: closing took too long; the journal is safe, ending now");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The lines that `up` prints while it starts.
  private record Lines(PrintWriter out) implements RunningControlPlane.Announcer {
    @Override
    public void store(TrancheConfig config, Optional<EmbeddedPostgres> embedded) {
      String store =
          config
              .controlPlane()
              .store()
              .map(s -> "PostgreSQL at " + s.server() + "/" + s.name())
              .orElseGet(() -> embedded.map(Lines::words).orElseThrow());
      line("store", store);
    }

    private static String words(EmbeddedPostgres postgres) {
      String how =
          switch (postgres.outcome()) {
            case StartOutcome.StartedFresh _ -> "new";
            case StartOutcome.StartedExisting _ -> "started";
            case StartOutcome.Adopted _ -> "was running, adopted";
          };
      return "PostgreSQL 18 embedded, port " + postgres.address().port() + " (" + how + ")";
    }

    @Override
    public void gateway(RunningGateway gateway) {
      line("gateway", gateway.front() + " (process " + gateway.pid() + ")");
    }

    @Override
    public void fleet(Fleet fleet) {
      Map<String, Long> tiers = fleet.countByTier();
      String words =
          tiers.entrySet().stream()
              .map(t -> "%,d %s".formatted(t.getValue(), t.getKey()))
              .collect(Collectors.joining(", "));
      line(
          "fleet",
          "%,d tenants (%s), %d cells, %d stores"
              .formatted(
                  fleet.tenants().size(), words, fleet.cells().size(), fleet.stores().size()));
    }

    @Override
    public void listening(String url, Path data) {
      line("api", url + "  token in " + NearPath.of(data.resolve("token")));
    }

    private void line(String what, String words) {
      out.printf("%-8s %s%n", what, words);
      out.flush();
    }
  }
}
