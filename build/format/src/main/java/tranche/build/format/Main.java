package tranche.build.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Formats the repository, or checks that it is formatted.
///
/// Arguments: `apply` or `check`, the root folder, the file in which to remember what was seen.
public final class Main {
  private Main() {}

  /// Exits 0 when every file is in shape afterwards, 1 otherwise.
  ///
  /// @throws IOException if a file cannot be read or written
  public static void main(String[] arguments) throws IOException {
    Mode mode = Mode.of(arguments[0], System.getenv());
    Path root = Path.of(arguments[1]);
    List<String> complaints = new Pass(mode, root, Path.of(arguments[2])).complaints();
    if (!complaints.isEmpty()) {
      complaints.forEach(System.err::println);
      System.exit(1);
    }
  }
}
