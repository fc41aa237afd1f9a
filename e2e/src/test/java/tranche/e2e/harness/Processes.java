package tranche.e2e.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What runs on a data folder, as the system and the folder say.
public final class Processes {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path data;

  Processes(Path data) {
    this.data = data;
  }

  /// The processes of the recorded instances, by the name of the instance's folder. One whose start
  /// was intended but not recorded yet is not among them.
  public Map<String, Long> instances() throws IOException {
    Map<String, Long> pids = new TreeMap<>();
    Path instances = data.resolve("instances");
    if (!Files.isDirectory(instances)) {
      return pids;
    }
    try (Stream<Path> folders = Files.list(instances)) {
      for (Path folder : folders.toList()) {
        long pid = pid(folder.resolve("process.json"));
        if (pid != 0) {
          pids.put(folder.getFileName().toString(), pid);
        }
      }
    }
    return pids;
  }

  /// The process of the gateway.
  public long gateway() throws IOException {
    return pid(data.resolve("gateway/process.json"));
  }

  private static long pid(Path file) throws IOException {
    try {
      JsonNode node = JSON.readTree(Files.readString(file));
      return node.path("pid").asLong(0);
    } catch (java.nio.file.NoSuchFileException _) {
      return 0;
    }
  }

  /// All processes that name a folder in their arguments or environment: pid to command line.
  public static Map<Long, String> naming(Path folder) throws IOException {
    Map<Long, String> found = new TreeMap<>();
    Path proc = Path.of("/proc");
    try (Stream<Path> all = Files.list(proc)) {
      for (Path process : all.filter(p -> p.getFileName().toString().matches("\\d+")).toList()) {
        String arguments = text(process.resolve("cmdline"));
        String words = arguments + "\n" + text(process.resolve("environ"));
        // A process that has ended and waits for its parent has no words.
        if (words.contains(folder.toString())) {
          found.put(Long.valueOf(process.getFileName().toString()), arguments);
        }
      }
    }
    return found;
  }

  /// The instances that run, whoever remembers them: pid to command line.
  public Map<Long, String> runningInstances() throws IOException {
    Map<Long, String> found = new TreeMap<>();
    for (Map.Entry<Long, String> process : naming(data.resolve("instances")).entrySet()) {
      String environment = text(Path.of("/proc", process.getKey().toString(), "environ"));
      if (environment.contains("TRANCHE_INSTANCE=" + data.resolve("instances"))) {
        found.put(process.getKey(), process.getValue());
      }
    }
    return found;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).replace('\0', ' ');
    } catch (IOException _) {
      // It has ended meanwhile.
      return "";
    }
  }
}
