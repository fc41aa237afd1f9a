package tranche.app;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import tranche.app.cli.Cli;
import tranche.app.cli.Surroundings;
import tranche.app.schema.SchemaCommand;

/// Runs commands whose classes are to be in the archive of classes that the launcher makes, so that
/// those commands start fast. What they say does not matter, and they reach nobody: port 1 of this
/// machine is nobody's.
public final class ClassArchive {
  private static final List<List<String>> RUNS =
      List.of(
          List.of("help"),
          List.of("plan", "--to", "1", "--server", "http://127.0.0.1:1", "--token-file", "none"),
          List.of(
              "schema",
              "status",
              "--url",
              "postgresql://nobody@127.0.0.1:1/none?sslmode=disable",
              "--schemas",
              "none"));

  private ClassArchive() {}

  /// Runs them; ends with 0 whatever they end with.
  public static void main(String[] arguments) {
    Surroundings surroundings = Surroundings.ofThisProcess();
    for (List<String> words : RUNS) {
      Map<String, Supplier<CommandLine>> others =
          Map.of("schema", () -> SchemaCommand.commandLine(words, surroundings));
      CommandLine root = Main.bare();
      int _ =
          Cli.registerFor(words, root, surroundings, others).execute(words.toArray(String[]::new));
    }
  }
}
