package tranche.build.format;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One pass over the tree; the formatter is created once because its first use is what costs.
final class Pass {
  private final Mode mode;
  private final Path root;
  private final Path memory;
  private final Shape shape = new Shape(new Formatter());
  private final List<String> complaints = new ArrayList<>();
  private int rewritten;

  Pass(Mode mode, Path root, Path memory) {
    this.mode = mode;
    this.root = root;
    this.memory = memory;
  }

  /// Visits every file and says, one line each, which are not in shape and why.
  List<String> complaints() throws IOException {
    Formatted formatted = Formatted.read(memory);
    for (Path file : SourceTree.under(root)) {
      if (formatted.holds(file) || bring(file)) {
        formatted.add(file);
      }
    }
    formatted.write(memory);
    report();
    return complaints;
  }

  private boolean bring(Path file) throws IOException {
    try {
      return switch (shape.of(file)) {
        case Shape.InShape _ -> true;
        case Shape.OutOfShape(var wanted) -> settle(file, wanted);
      };
    } catch (FormatterException unparsable) {
      complaints.add(root.relativize(file) + ": " + unparsable.getMessage());
      return false;
    }
  }

  private boolean settle(Path file, String wanted) throws IOException {
    return switch (mode) {
      case APPLY -> {
        Shape.write(file, wanted);
        rewritten++;
        yield true;
      }
      case CHECK -> {
        complaints.add(root.relativize(file) + ": not formatted");
        yield false;
      }
    };
  }

  private void report() {
    if (rewritten > 0) {
      System.out.println("Formatted " + rewritten + " files.");
    }
    if (!complaints.isEmpty()) {
      complaints.addFirst(
          "These files are not in shape. Fix: run `mvn -pl build/format process-classes`"
              + " without CI=true and commit the result.");
    }
  }
}
