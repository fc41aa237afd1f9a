package tranche.drivers.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tranche.core.problem.ProblemException;
import tranche.drivers.gateway.GatewayProblem.GatewayNotRunning;
import tranche.drivers.process.DetachedProcess;
import tranche.drivers.process.DurableFile;
import tranche.drivers.process.Launch;
import tranche.drivers.process.Mark;
import tranche.drivers.process.ProcessIdentity;
import tranche.drivers.process.ProcessLog;
import tranche.drivers.process.ProcessProblem.DataFolderUnusable;

/// Makes sure that one gateway process runs for a folder, and goes on when the control plane dies.
///
/// A gateway that lives is adopted, never restarted: it holds customers' connections. All methods
/// throw [DataFolderUnusable] when the folder cannot be used and [CancellationException], with the
/// interrupt flag set, when interrupted.
public final class GatewayProcess {
  private static final String MAIN = "tranche.gateway.GatewayMain";
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final long LOOK_AGAIN_MILLIS = 25;

  private final JsonMapper json = JsonMapper.shared();
  private final GatewaySettings settings;
  private final Path state;
  private final Path record;
  private final ProcessLog log;
  private final ReentrantLock alone = new ReentrantLock();
  private Optional<RunningGateway> confirmed = Optional.empty();

  /// The gateway of a folder, whether it runs or not.
  public GatewayProcess(GatewaySettings settings) {
    this.settings = settings;
    this.state = settings.folder().resolve("state");
    this.record = settings.folder().resolve("process.json");
    this.log = new ProcessLog(settings.folder().resolve("log"));
  }

  /// Adopts the gateway if it lives, starts it otherwise, and returns when it answers. Cheap when
  /// it has answered before and lives: meant to be called again and again.
  ///
  /// @throws ProblemException [GatewayNotRunning] if it ends or does not answer within 30 s
  public RunningGateway ensure() {
    return guarded(() -> {
      DurableFile.createFolder(settings.folder());
      log.cap();
      DetachedProcess process = found();
      confirmed = confirmed.filter(gateway -> process.isAlive() && gateway.pid() == pid(process));
      if (confirmed.isEmpty()) {
        confirmed = Optional.of(awaitAnswer(process.isAlive() ? adopted(process) : started()));
      }
      return confirmed.orElseThrow();
    });
  }

  /// The gateway, if it lives and has said where it is.
  public Optional<RunningGateway> running() {
    return guarded(() -> {
      DetachedProcess process = found();
      return process.isAlive() ? described(process) : Optional.empty();
    });
  }

  /// Asks the gateway to finish its requests and end; ends it by force after 15 s. Its routes stay
  /// on disk. Idempotent.
  public void stop() {
    guarded(() -> {
      DetachedProcess.stop(List.of(found()), PATIENCE);
      confirmed = Optional.empty();
      return Files.deleteIfExists(record);
    });
  }

  private Mark mark() {
    return new Mark("TRANCHE_GATEWAY", state);
  }

  private DetachedProcess found() throws IOException {
    return DetachedProcess.adopt(mark(), recorded());
  }

  private Optional<ProcessIdentity> recorded() throws IOException {
    return read(record)
        .map(node ->
            new ProcessIdentity(
                node.required("pid").longValue(), node.required("processStart").stringValue()));
  }

  private DetachedProcess adopted(DetachedProcess process) throws IOException {
    if (recorded().isEmpty()) {
      keep(process);
    }
    return process;
  }

  private DetachedProcess started() throws IOException, InterruptedException {
    // Without a record the start is an intent: who dies from here on leaves a process that is found
    // by its mark.
    DetachedProcess.stop(List.of(found()), PATIENCE);
    Files.deleteIfExists(record);
    Path config = settings.folder().resolve("config.json");
    DurableFile.write(config, config());
    log.begin();
    List<String> command = new ArrayList<>();
    command.add(settings.program().java().toString());
    command.addAll(settings.program().options());
    command.addAll(List.of("-cp", settings.program().classPath(), MAIN));
    command.addAll(List.of("--config", config.toString()));
    DetachedProcess process =
        DetachedProcess.start(new Launch(command, settings.folder(), mark(), log.file()));
    keep(process);
    return process;
  }

  private void keep(DetachedProcess process) throws IOException {
    if (process.known().isPresent()) {
      ObjectNode node = json.createObjectNode();
      node.put("pid", process.known().get().pid());
      node.put("processStart", process.known().get().start());
      DurableFile.write(record, node.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private RunningGateway awaitAnswer(DetachedProcess process)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    try (AdminClient client = new AdminClient(settings.tokens().admin())) {
      while (System.nanoTime() - deadline < 0) {
        if (!process.isAlive()) {
          throw notRunning("it has ended; its last words: ");
        }
        Optional<RunningGateway> described = described(process);
        if (described.isPresent() && client.answers(described.get().admin())) {
          return described.get();
        }
        Thread.sleep(LOOK_AGAIN_MILLIS);
      }
    }
    throw notRunning("it does not answer; its last words: ");
  }

  private ProblemException notRunning(String finding) throws IOException {
    List<String> secrets =
        List.of(settings.tokens().admin().reveal(), settings.tokens().preview().reveal());
    return new GatewayNotRunning(settings.folder().toString(), finding + log.lastWords(0, secrets))
        .exception();
  }

  private static long pid(DetachedProcess process) {
    return process.known().map(ProcessIdentity::pid).orElse(0L);
  }

  /// What the process itself has written, provided that it was this process.
  private Optional<RunningGateway> described(DetachedProcess process) throws IOException {
    long pid = pid(process);
    return read(state.resolve("gateway.json"))
        .filter(node -> node.required("pid").longValue() == pid)
        .map(node ->
            new RunningGateway(
                pid,
                node.required("bootId").stringValue(),
                Addresses.http(
                    Addresses.reachable(settings.front().host()),
                    node.required("listenPort").intValue()),
                Addresses.http("127.0.0.1", node.required("adminPort").intValue())));
  }

  private Optional<JsonNode> read(Path file) throws IOException {
    try {
      return Optional.of(json.readTree(Files.readAllBytes(file)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (JacksonException e) {
      throw new IOException(file + " is damaged", e);
    }
  }

  private byte[] config() {
    ObjectNode root = json.createObjectNode();
    GatewaySettings.Front front = settings.front();
    root.putObject("listen").put("host", front.host()).put("port", front.port());
    root.putObject("admin")
        .put("host", "127.0.0.1")
        .put("port", settings.adminPort())
        .put("token", settings.tokens().admin().reveal());
    root.put("previewToken", settings.tokens().preview().reveal());
    root.put("stateFolder", state.toString());
    front.tenantFrom().forEach(root.putArray("tenantFrom")::add);
    root.put("tenantHeader", front.tenantHeader());
    root.put("userHeader", front.userHeader());
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }

  private interface Guarded<T> {
    T run() throws IOException, InterruptedException;
  }

  private <T> T guarded(Guarded<T> work) {
    alone.lock();
    try {
      return work.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("interrupted");
      cancelled.initCause(e);
      throw cancelled;
    } catch (IOException e) {
      throw new ProblemException(
          new DataFolderUnusable(
              settings.folder(), e.getClass().getSimpleName() + ": " + e.getMessage()),
          e);
    } finally {
      alone.unlock();
    }
  }
}
