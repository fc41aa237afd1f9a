package tranche.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tranche.app.cli.ExitCode;
import tranche.app.cli.Golden;
import tranche.core.problem.ProblemKind;

/// The reference of the command line is generated from what the parser knows, so that the two
/// cannot differ. Write it anew with `-Dgolden.update`.
class CliReferenceTest {
  private static final Path PAGE = Path.of("../docs/reference/cli.md");
  private static final Set<String> SHARED =
      Set.of(
          "--output",
          "--server",
          "--token-file",
          "--data",
          "--quiet",
          "--color",
          "--ascii",
          "--utc");

  /// Options that schema commands have in common; they are said once.
  private static final Set<String> OF_SCHEMA =
      Set.of(
          "--output",
          "--quiet",
          "--color",
          "--ascii",
          "--utc",
          "--url",
          "--schemas",
          "--databases",
          "--schema",
          "--password-file",
          "--config",
          "--data",
          "--selector",
          "--tenant",
          "--include",
          "--migrations",
          "--placeholder",
          "--search-path");

  private static final String INTRODUCTION =
      """
      # The command line

      Generated from the program; every command says the same with `--help`.

      Data goes to the standard output, everything else to the error output. Except `up`, `down`, `demo`,
      `schema` and `tenant add`, a command is a client of the control plane's HTTP API and can do nothing
      that the API cannot.

      ## Where the control plane is

      The first of these that is there:

      1. `--server URL` with `--token-file FILE`, or `TRANCHE_SERVER` with `TRANCHE_TOKEN_FILE`.
      2. The folder named by `--data DIR` or `TRANCHE_DATA`.
      3. The folder that `data:` in `./tranche.yaml` names; without that key `./.tranche`.
      4. `./.tranche/demo`.

      A data folder is one in which a control plane left `control.json` (its address) and `token`.

      ## Environment

      | Variable | Meaning |
      |---|---|
      | `TRANCHE_SERVER`, `TRANCHE_TOKEN_FILE`, `TRANCHE_DATA` | Where the control plane is. |
      | `TRANCHE_USER` | The name under which what you ask for is written into the journal. |
      | `NO_COLOR`, `CLICOLOR_FORCE`, `TERM=dumb` | Never colour; always; never, and nothing is redrawn. |
      | `COLUMNS` | How wide tables may be. |

      ## Exit codes

      | Code | When |
      |---|---|
      """;

  private static final Map<Integer, String> CODES = codes();

  private static Map<Integer, String> codes() {
    Map<Integer, String> codes = new LinkedHashMap<>();
    codes.put(
        ExitCode.OK, "As asked. `rollout watch`: done. `--wait=gate`: an approval is waited for.");
    codes.put(
        ExitCode.of(ProblemKind.FAILED),
        "It ran and failed. `rollout watch`: halted, taken back or cancelled.");
    codes.put(ExitCode.of(ProblemKind.BAD_REQUEST), "What was asked for is not understood.");
    codes.put(ExitCode.of(ProblemKind.NOT_ALLOWED), "Not signed in, or not allowed.");
    codes.put(ExitCode.of(ProblemKind.NOT_FOUND), "There is no such thing.");
    codes.put(
        ExitCode.of(ProblemKind.CONFLICT), "Refused: by policy, or it does not fit the state.");
    codes.put(
        ExitCode.of(ProblemKind.ENVIRONMENT), "Something around: no control plane, no database.");
    codes.put(ExitCode.of(ProblemKind.BUG), "A defect in Tranche; a report file is named.");
    codes.put(ExitCode.CHANGES, "`plan --detailed-exitcode`: there is something to move.");
    codes.put(ExitCode.TIMEOUT, "The time given with `--timeout` has passed.");
    codes.put(ExitCode.INTERRUPTED, "Ctrl-C. It ends watching, never the rollout.");
    return codes;
  }

  @Test
  void the_reference_says_what_the_program_understands() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    CODES.forEach((code, when) -> page.append("| %d | %s |\n".formatted(code, when)));
    CommandLine root = Main.commandLine();
    CommandLine plan = root.getSubcommands().get("plan");
    page.append("\n## Options of every command that asks the control plane\n\n");
    plan.getCommandSpec().options().stream()
        .filter(CliReferenceTest::isShared)
        .forEach(option -> page.append(line(option)));
    page.append(
        """

        `-o json` prints one envelope, also when the command fails:
        `{"ok": true, "kind": "plan", "data": {...}, "serverVersion": "..."}` or
        `{"ok": false, "kind": "problem", "problem": {"code", "kind", "what", "why", "fix"}}`.
        Times in JSON are RFC 3339 in UTC. `-o ndjson` prints one object per line, without envelope.

        """);
    CommandLine schema = root.getSubcommands().get("schema");
    page.append("## Options of schema commands\n\n");
    page.append(
        """
        `tranche schema` needs no control plane; [schema-command](schema-command.md) tells how it works.
        Not every command has every one of these.

        """);
    schema.getSubcommands().get("status").getCommandSpec().options().stream()
        .filter(option -> OF_SCHEMA.contains(option.longestName()))
        .forEach(option -> page.append(line(option)));
    page.append("\n## Commands\n");
    commands(root).forEach(command -> page.append(section(command)));
    Golden.check(PAGE, page.toString());
  }

  private static List<CommandSpec> commands(CommandLine parent) {
    List<CommandSpec> commands = new ArrayList<>();
    Set.copyOf(parent.getSubcommands().values()).stream()
        .sorted(Comparator.comparing(c -> c.getCommandSpec().qualifiedName()))
        .forEach(command -> {
          commands.add(command.getCommandSpec());
          commands.addAll(commands(command));
        });
    return commands;
  }

  private static String section(CommandSpec command) {
    String aliases =
        command.aliases().length == 0
            ? ""
            : " (or `" + String.join("`, `", command.aliases()) + "`)";
    StringBuilder text = new StringBuilder();
    text.append("\n### `").append(command.qualifiedName()).append("`").append(aliases);
    text.append("\n\n");
    text.append(String.join("\n", command.usageMessage().description()).replace("%n", ""))
        .append("\n");
    List<String> lines = new ArrayList<>();
    command.positionalParameters().forEach(p -> lines.add(line(p)));
    command.options().stream()
        .filter(o -> !(isAsking(command) && isShared(o)) && !isOfSchema(command, o))
        .filter(o -> !o.usageHelp() && !o.versionHelp())
        .forEach(o -> lines.add(line(o)));
    String arguments = lines.stream().distinct().collect(Collectors.joining());
    return text.append(arguments.isEmpty() ? "" : "\n" + arguments).toString();
  }

  private static boolean isAsking(CommandSpec command) {
    return command.findOption("--server") != null;
  }

  private static boolean isOfSchema(CommandSpec command, OptionSpec option) {
    return command.findOption("--url") != null && OF_SCHEMA.contains(option.longestName());
  }

  private static boolean isShared(OptionSpec option) {
    return SHARED.contains(option.longestName());
  }

  private static String line(OptionSpec option) {
    String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
    String names = "`" + String.join("`, `", option.names()) + "`";
    String last = names.substring(0, names.length() - 1) + value + "`";
    return "- " + last + required(option) + ": " + said(option) + "\n";
  }

  private static String line(PositionalParamSpec parameter) {
    return "- `"
        + parameter.paramLabel()
        + "`"
        + required(parameter)
        + ": "
        + said(parameter)
        + "\n";
  }

  private static String required(ArgSpec argument) {
    if (argument.group() != null && argument.group().exclusive()) {
      return argument.group().multiplicity().min() == 0 ? "" : " (this or its alternative)";
    }
    return argument.required() ? " (required)" : "";
  }

  /// The description with the choices put in.
  private static String said(ArgSpec argument) {
    List<String> candidates = new ArrayList<>();
    if (argument.completionCandidates() != null) {
      argument.completionCandidates().forEach(candidates::add);
    }
    return String.join(" ", argument.description())
        .replace("%n", "")
        .replace("${COMPLETION-CANDIDATES}", String.join(", ", candidates));
  }
}
