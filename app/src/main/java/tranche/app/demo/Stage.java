package tranche.app.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tranche.app.server.ControlFile;
import tranche.app.server.Down;
import tranche.config.ConfigReader;
import tranche.core.problem.ProblemException;

/// The processes and files of a demo: the control plane, the load, and the folder for both.
final class Stage {
  private static final String MARKER = "made-by-tranche-demo";
  private static final long START_SECONDS_MAX = 90;

  private final Path home;
  private final Path data;
  private final int rate;
  private Optional<Load> load = Optional.empty();
  private boolean isCleared;

  private Stage(Path home, Path data, int rate) {
    this.home = home;
    this.data = data;
    this.rate = rate;
  }

  /// Makes room: an earlier demo in that folder is stopped and removed. A folder that no demo made
  /// is never touched.
  ///
  /// @throws tranche.core.problem.ProblemException if the folder belongs to something else or the
  ///   example application is not there
  static Stage prepare(Path folder, int rate) throws Exception {
    Path home = Path.of(System.getProperty("tranche.home", "")).toAbsolutePath();
    Path data = folder.toAbsolutePath().normalize();
    Stage stage = new Stage(home, data, rate);
    if (!Files.isRegularFile(stage.configuration())) {
      throw new DemoProblem.ExampleMissing(stage.configuration().toString()).exception();
    }
    if (Files.exists(data)) {
      if (!Files.exists(data.resolve(MARKER))) {
        throw new DemoProblem.FolderNotOurs(data.toString()).exception();
      }
      stage.clear();
      stage.isCleared = false;
    }
    Files.createDirectories(data);
    Files.createFile(data.resolve(MARKER));
    return stage;
  }

  Path configuration() {
    return home.resolve("examples/issue-tracker/tranche.yaml");
  }

  Path release(String version) {
    return home.resolve("examples/issue-tracker/releases").resolve(version);
  }

  Path data() {
    return data;
  }

  /// Starts the control plane and hands on each line it prints until it listens.
  URI startControlPlane(Consumer<String> lines) throws IOException, InterruptedException {
    List<String> command =
        java(
            "-Dtranche.home=" + home,
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            "tranche.app.Main",
            "up",
            "--config",
            configuration().toString(),
            "--data",
            data.toString(),
            "--listen",
            "127.0.0.1:" + freePort(8080),
            "--gateway-listen",
            "127.0.0.1:" + freePort(8000));
    // A session of its own: ctrl-C here ends the demo, which then stops the control plane in order.
    Process process =
        new ProcessBuilder(ownSession(command))
            .redirectError(data.resolve("control-plane.log").toFile())
            .start();
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    String line = reader.readLine();
    while (line != null && !line.startsWith("api")) {
      lines.accept(line);
      line = reader.readLine();
    }
    if (line == null) {
      process.waitFor(START_SECONDS_MAX, TimeUnit.SECONDS);
      String log = Files.readString(data.resolve("control-plane.log"));
      throw new DemoProblem.ControlPlaneEnded(tail(log)).exception();
    }
    lines.accept(line);
    Thread.ofVirtual().start(() -> reader.lines().forEach(_ -> {}));
    return URI.create(ControlFile.read(data).orElseThrow().url());
  }

  private static String tail(String log) {
    return log.length() > 1_500 ? log.substring(log.length() - 1_500) : log;
  }

  private static List<String> ownSession(List<String> command) {
    Path setsid = Path.of("/usr/bin/setsid");
    if (!Files.isExecutable(setsid)) {
      return command;
    }
    List<String> all = new ArrayList<>(List.of(setsid.toString()));
    all.addAll(command);
    return all;
  }

  /// The wanted port if nobody listens there, else any.
  private static int freePort(int wanted) throws IOException {
    try (ServerSocket socket = new ServerSocket(wanted, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (java.net.BindException e) {
      return 0;
    }
  }

  /// Puts issues into every tenant and waits until they are there.
  void seed(URI front, Path tenants, int issuesPerTenant) throws IOException, InterruptedException {
    List<String> command =
        load(
            "--url",
            front.toString(),
            "--tenants",
            tenants.toString(),
            "--seed-issues",
            String.valueOf(issuesPerTenant));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("seed.log").toFile())
            .start();
    if (!process.waitFor(START_SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new DemoProblem.LoadFailed(tail(Files.readString(data.resolve("seed.log"))))
          .exception();
    }
  }

  /// Starts load at a constant rate, two fifths of it on the busy tenants.
  Load startLoad(String name, URI front, Path tenants, Path busy) throws IOException {
    Path report = data.resolve("load-" + name + ".json");
    List<String> command =
        load(
            "--url", front.toString(),
            "--tenants", tenants.toString(),
            "--busy", busy.toString(),
            "--busy-share", "0.4",
            "--rate", String.valueOf(rate),
            "--seed", String.valueOf(Math.abs(name.hashCode() % 1_000_000)),
            "--report", report.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(data.resolve("load-" + name + ".log").toFile())
            .start();
    Load started = new Load(process, report);
    load = Optional.of(started);
    return started;
  }

  private List<String> load(String... arguments) {
    Path jar = home.resolve("examples/issue-tracker/load/target/issue-tracker-load.jar");
    List<String> command = java("-Xmx128m", "-XX:+UseSerialGC", "-jar", jar.toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private static List<String> java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    return command;
  }

  /// From here on nothing is removed when this process ends.
  synchronized void leaveRunning() {
    isCleared = true;
  }

  /// Ends the load if it still runs.
  void endLoad() {
    load.ifPresent(Load::kill);
  }

  /// Stops everything and removes the folder.
  synchronized void clear() {
    if (isCleared) {
      return;
    }
    isCleared = true;
    load.ifPresent(Load::kill);
    try {
      var config = ConfigReader.read(configuration(), System.getenv());
      Down.stop(config, data, new PrintWriter(Writer.nullWriter()));
      delete(data);
    } catch (IOException | InterruptedException | UncheckedIOException | ProblemException e) {
      System.err.println(
          "tranche: the demo could not be removed from " + data + ": " + e.getMessage());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(Stage::deleteOne);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
