package tranche.build.format;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.StringWrapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Compares a file with the shape that Google Java Format gives it.
final class Shape {
  private final Formatter formatter;

  Shape(Formatter formatter) {
    this.formatter = formatter;
  }

  /// What a comparison finds.
  sealed interface Found {}

  /// The file is as it should be.
  record InShape() implements Found {}

  /// The file should read `wanted`.
  record OutOfShape(String wanted) implements Found {}

  /// Compares.
  ///
  /// @throws FormatterException if the file is not valid Java
  Found of(Path file) throws IOException, FormatterException {
    String text = Files.readString(file);
    String wanted = formatted(text);
    // Breaking a long text can leave an indentation that only a second pass sets right.
    return wanted.equals(text) ? new InShape() : new OutOfShape(formatted(wanted));
  }

  private String formatted(String text) throws FormatterException {
    return StringWrapper.wrap(formatter.formatSourceAndFixImports(text), formatter);
  }

  /// Replaces the content of the file.
  static void write(Path file, String wanted) throws IOException {
    Files.writeString(file, wanted);
  }
}
