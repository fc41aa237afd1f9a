package tranche.postgres.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tranche.core.migration.CompiledStatement;
import tranche.core.migration.StorePlaceholder;

/// The statements of one transaction as they are sent: joined into one text, cut only where the
/// data of a `COPY ... FROM stdin` goes in between. Knows for every place of a text which line of
/// which file it came from.
///
/// @param mayCallFunctions whether it may change settings of the session in passing
record ScriptText(List<Part> parts, boolean mayCallFunctions) {
  ScriptText {
    parts = List.copyOf(parts);
  }

  /// Statements of one file.
  record Source(String file, List<CompiledStatement> statements) {
    Source {
      statements = List.copyOf(statements);
    }

    /// The same with the values of one store.
    Source with(Map<StorePlaceholder, String> values) {
      return new Source(
          file,
          statements.stream()
              .map(s ->
                  new CompiledStatement(
                      StorePlaceholder.replace(s.sql(), values),
                      s.copyData().map(data -> StorePlaceholder.replace(data, values)),
                      s.line(),
                      s.effect()))
              .toList());
    }

    /// Whether the text differs from store to store.
    boolean hasPlaceholders() {
      return statements.stream()
          .anyMatch(s -> isMarked(s.sql()) || s.copyData().filter(Source::isMarked).isPresent());
    }

    private static boolean isMarked(String text) {
      for (StorePlaceholder placeholder : StorePlaceholder.values()) {
        if (text.contains(placeholder.mark())) {
          return true;
        }
      }
      return false;
    }
  }

  /// A statement and where its text begins in the text that it is sent in, in UTF-16 units.
  record Placed(String file, CompiledStatement statement, int offset) {
    /// The line of the file at that place of the statement.
    int line(int within) {
      String before = statement.sql().substring(0, Math.clamp(within, 0, statement.sql().length()));
      return statement.line() + Math.toIntExact(before.chars().filter(c -> c == '\n').count());
    }
  }

  /// Something that is sent by itself.
  sealed interface Part {
    /// Statements in one text, each with its end.
    record Text(String sql, List<Placed> statements) implements Part {
      public Text {
        statements = List.copyOf(statements);
      }

      /// The statement that is at that place of the text, if there is one.
      Optional<Placed> at(int offset) {
        return statements.stream()
            .filter(p -> p.offset() <= offset && offset <= p.offset() + length(p))
            .reduce((_, later) -> later);
      }

      private static int length(Placed placed) {
        return placed.statement().sql().length();
      }
    }

    /// A COPY and its data.
    record Copy(Placed placed, String data) implements Part {}
  }

  /// Nothing.
  static ScriptText empty() {
    return new ScriptText(List.of(new Part.Text("", List.of())), false);
  }

  /// Joins the statements of several files. The first and the last part are always texts, so that
  /// something can be put before and behind.
  static ScriptText of(List<Source> sources) {
    var joining = new Joining();
    for (Source source : sources) {
      source.statements().forEach(statement -> joining.add(source.file(), statement));
    }
    joining.cut();
    boolean mayCall =
        sources.stream()
            .flatMap(source -> source.statements().stream())
            .anyMatch(s -> StatementWords.of(s.sql()).mayCallFunctions());
    return new ScriptText(joining.parts, mayCall);
  }

  private static final class Joining {
    final List<Part> parts = new ArrayList<>();
    private StringBuilder text = new StringBuilder();
    private List<Placed> placed = new ArrayList<>();

    void add(String file, CompiledStatement statement) {
      if (statement.copyData().isPresent()) {
        cut();
        parts.add(new Part.Copy(new Placed(file, statement, 0), statement.copyData().get()));
        return;
      }
      placed.add(new Placed(file, statement, text.length()));
      // On a line of its own, because the statement may end in a comment.
      text.append(statement.sql()).append("\n;");
    }

    void cut() {
      parts.add(new Part.Text(text.toString(), placed));
      text = new StringBuilder();
      placed = new ArrayList<>();
    }
  }
}
