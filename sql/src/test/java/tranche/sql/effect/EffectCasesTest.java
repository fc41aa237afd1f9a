package tranche.sql.effect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tranche.core.migration.Expectation;
import tranche.core.migration.StatementEffect;
import tranche.core.migration.Undo;
import tranche.sql.parse.PgParser;
import tranche.sql.script.ScriptContext;
import tranche.sql.split.ScriptPart;
import tranche.sql.split.Splitter;

/// The files in `effect-cases` are the specification: statements, and below each its effect. With
/// `-Dgolden.update=true` they are written anew; then read every line that changed.
///
/// Statements of one block are one script. Blocks are separated by blank lines.
class EffectCasesTest {
  private static final Path CASES = Path.of("src/test/resources/effect-cases");
  private static final Splitter SPLITTER = new Splitter(new PgParser(Grammar.LOADED));

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(CASES)) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void every_statement_has_the_effect_that_is_written_below_it(Path file) throws IOException {
    String expected = Files.readString(file);
    String actual = rewritten(expected);
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(file, actual);
    }
    assertThat(actual).isEqualTo(expected);
  }

  private static String rewritten(String file) {
    List<String> blocks = new ArrayList<>();
    for (String block : file.strip().split("\n\\s*\n")) {
      List<String> sql = block.lines().filter(line -> !line.startsWith("  | ")).toList();
      blocks.add(String.join("\n", block(String.join("\n", sql))));
    }
    return String.join("\n\n", blocks) + "\n";
  }

  private static List<String> block(String sql) {
    if (sql.lines().allMatch(line -> line.startsWith("--"))) {
      return sql.lines().toList();
    }
    List<String> lines = new ArrayList<>();
    var context = new ScriptContext();
    for (ScriptPart part : SPLITTER.split(sql, "case")) {
      lines.add(part.text() + ";");
      lines.addAll(told(Effects.of(part, context)));
      context.learn(part);
    }
    return lines;
  }

  private static List<String> told(StatementEffect effect) {
    List<String> lines = new ArrayList<>();
    lines.add("  | " + effect.summary() + ": " + String.join(", ", facts(effect)));
    lines.add(
        "  | on " + String.join(", ", effect.objects().stream().map(Object::toString).toList()));
    for (Expectation expectation : effect.expectations()) {
      lines.add("  | then " + expectation);
    }
    lines.add("  | undo " + undo(effect.undo()));
    return lines;
  }

  private static List<String> facts(StatementEffect effect) {
    List<String> facts = new ArrayList<>();
    facts.add(effect.lock().sql());
    facts.add("work " + effect.work());
    facts.add("loss " + effect.loss());
    facts.add(effect.phase().word());
    if (!effect.canRunInTransaction()) {
      facts.add("NOT IN A TRANSACTION");
    }
    return facts;
  }

  private static String undo(Undo undo) {
    return switch (undo) {
      case Undo.Statements s ->
          String.join("; ", s.sql()) + (s.loses().isEmpty() ? "" : " -- loses " + s.loses());
      case Undo.NotNeeded _ -> "not needed";
      case Undo.Unknown(String why) -> "unknown: " + why;
    };
  }
}
