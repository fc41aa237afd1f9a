package tranche.drivers.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tranche.drivers.process.InstanceRecord.Run;
import tranche.engine.delivery.Arm;

/// All instances on disk: a folder each, with `process.json` (the record), `instance.json` (what
/// the application is told) and `log`. A folder without a record is the rest of an attempt that
/// started nothing.
final class Registry {
  static final int KEPT_LOGS = 200;

  private final JsonMapper json = JsonMapper.shared();
  private final Path instances;
  private final Path logs;

  Registry(Path data) throws IOException {
    this.instances = data.resolve("instances");
    this.logs = data.resolve("logs");
    DurableFile.createFolder(instances);
    DurableFile.createFolder(logs);
  }

  Path root() {
    return instances;
  }

  Path folder(String id) {
    return instances.resolve(FolderName.of(id));
  }

  Path instanceFile(String id) {
    return folder(id).resolve("instance.json");
  }

  /// What the environment of the instance's process says.
  Mark mark(String id) {
    return new Mark("TRANCHE_INSTANCE", instanceFile(id));
  }

  DetachedProcess process(InstanceRecord record) {
    return DetachedProcess.adopt(mark(record.id()), record.process());
  }

  ProcessLog log(String id) {
    return new ProcessLog(folder(id).resolve("log"));
  }

  /// Where the log will be when the instance has been stopped.
  Path endedLog(String id) {
    return logs.resolve(FolderName.of(id) + ".log");
  }

  /// All records, by id.
  List<InstanceRecord> all() throws IOException {
    List<InstanceRecord> found = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(instances, Files::isDirectory)) {
      for (Path folder : folders) {
        read(folder).ifPresent(found::add);
      }
    }
    found.sort(Comparator.comparing(InstanceRecord::arm).thenComparingInt(InstanceRecord::number));
    return found;
  }

  List<InstanceRecord> of(Arm arm) throws IOException {
    return all().stream().filter(record -> record.arm().equals(arm)).toList();
  }

  Optional<InstanceRecord> find(String id) throws IOException {
    return read(folder(id));
  }

  private Optional<InstanceRecord> read(Path folder) throws IOException {
    Path file = folder.resolve("process.json");
    try {
      JsonNode node = json.readTree(Files.readAllBytes(file));
      return Optional.of(
          new InstanceRecord(
              InstanceRecord.armOf(text(node, "cell"), text(node, "release")),
              node.required("number").intValue(),
              text(node, "readyPath"),
              node.required("port").intValue(),
              node.required("epoch").longValue(),
              run(node)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (JacksonException | IllegalArgumentException e) {
      throw new IOException(file + " is damaged", e);
    }
  }

  private static Optional<Run> run(JsonNode node) {
    if (!node.has("pid")) {
      return Optional.empty();
    }
    return Optional.of(
        new Run(
            new ProcessIdentity(node.required("pid").longValue(), text(node, "processStart")),
            Instant.parse(text(node, "startedAt")),
            node.required("wasReady").booleanValue()));
  }

  private static String text(JsonNode node, String key) {
    return node.required(key).stringValue();
  }

  /// Writes the record; it is durable when this returns.
  void write(InstanceRecord record) throws IOException {
    ObjectNode node = json.createObjectNode();
    node.put("cell", record.arm().cell().value());
    node.put("release", record.arm().release().value());
    node.put("number", record.number());
    node.put("readyPath", record.readyPath());
    node.put("port", record.port());
    node.put("epoch", record.epoch());
    record
        .run()
        .ifPresent(run -> {
          node.put("pid", run.process().pid());
          node.put("processStart", run.process().start());
          node.put("startedAt", run.startedAt().toString());
          node.put("wasReady", run.wasReady());
        });
    Path folder = folder(record.id());
    DurableFile.createFolder(folder);
    DurableFile.write(
        folder.resolve("process.json"), node.toString().getBytes(StandardCharsets.UTF_8));
  }

  /// Forgets an instance whose process is gone; its log is kept, up to [#KEPT_LOGS] of them.
  void remove(String id) throws IOException {
    Path folder = folder(id);
    Path log = folder.resolve("log");
    if (Files.exists(log)) {
      Files.move(log, endedLog(id), StandardCopyOption.REPLACE_EXISTING);
    }
    // The record goes first: what is left without it counts as nothing.
    Files.deleteIfExists(folder.resolve("process.json"));
    try (Stream<Path> rest = Files.list(folder)) {
      for (Path file : rest.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
    DurableFile.force(instances);
    dropOldLogs();
  }

  private void dropOldLogs() throws IOException {
    List<Path> kept;
    try (Stream<Path> all = Files.list(logs)) {
      kept = all.sorted(Comparator.comparingLong(Registry::modified).reversed()).toList();
    }
    for (Path old : kept.subList(Math.min(KEPT_LOGS, kept.size()), kept.size())) {
      Files.deleteIfExists(old);
    }
  }

  private static long modified(Path file) {
    return file.toFile().lastModified();
  }
}
