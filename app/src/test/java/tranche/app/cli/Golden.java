package tranche.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tranche.api.Wire;

/// Expected texts beside the tests, and the wire records that they are made from. With
/// `-Dgolden.update` a text is written instead of compared: the difference is then read in review.
public final class Golden {
  private static final Path FOLDER = Path.of("src/test/resources/tranche/app/cli");

  private Golden() {}

  /// Compares lines with the file of that name.
  public static void check(String name, List<String> lines) {
    check(FOLDER.resolve(name), String.join("\n", lines) + "\n");
  }

  /// Compares a text with a file anywhere.
  public static void check(Path file, String text) {
    try {
      if (System.getProperty("golden.update") != null) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
      }
      assertThat(text).isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The wire record in the file of that name.
  public static <T> T wire(String name, Class<T> type) {
    return Wire.tolerant().readValue(text(name), type);
  }

  /// The text of the file of that name.
  public static String text(String name) {
    try {
      return Files.readString(FOLDER.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
