package tranche.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What a run leaves behind: a page, the same as JSON, and charts, in one folder.
///
/// @param folder created when missing
public record ResultFiles(Path folder) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Writes one file, in place of an older one.
  ///
  /// @throws UncheckedIOException when that is not possible
  public void write(String name, String text) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// JSON for people: indented.
  public static String pretty(Map<String, ?> tree) {
    return JSON.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(tree) + "\n";
  }

  /// JSON for programs: one line, without its end.
  public static String line(Map<String, ?> tree) {
    return JSON.writeValueAsString(tree);
  }
}
