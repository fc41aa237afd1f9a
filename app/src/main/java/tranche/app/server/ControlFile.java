package tranche.app.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `control.json` in a data folder: where the control plane that uses it can be reached. It is a
/// hint for commands on the same machine; it may be stale after a crash.
public record ControlFile(String url, long pid) {
  private static final String NAME = "control.json";
  private static final JsonMapper JSON = new JsonMapper();

  /// What the folder says; empty if there is no such file or it cannot be understood.
  public static Optional<ControlFile> read(Path data) {
    Path file = data.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      JsonNode node = JSON.readTree(Files.readString(file));
      return Optional.of(
          new ControlFile(node.path("url").asString(""), node.path("pid").asLong(0)));
    } catch (IOException | JacksonException e) {
      return Optional.empty();
    }
  }

  void write(Path data) throws IOException {
    ObjectNode node = JSON.createObjectNode();
    node.put("url", url);
    node.put("pid", pid);
    DataFolder.write(data.resolve(NAME), node.toString());
  }

  static void delete(Path data) throws IOException {
    Files.deleteIfExists(data.resolve(NAME));
  }
}
