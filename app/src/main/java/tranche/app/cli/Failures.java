package tranche.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import tranche.api.Wire;
import tranche.app.cli.render.ProblemBlock;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemException;
import tranche.core.problem.ProblemKind;

/// Says what went wrong and chooses the exit code: the one place where a command fails.
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  private static final int CAUSES = 10;
  private static final Pattern PASSWORD = Pattern.compile("//[^/\\s]*@");
  private static final Pattern CHOICES =
      Pattern.compile("(\\[[A-Z]+(?:, [A-Z]+)*]) \\(case-insensitive\\)");

  private final Surroundings surroundings;

  Failures(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
    if (thrown instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    }
    Problem problem =
        thrown instanceof ProblemException known ? known.problem() : defect(thrown, command);
    Voice voice =
        command.getCommandSpec().mixins().values().stream()
            .map(mixin -> mixin.userObject())
            .filter(Voice.class::isInstance)
            .map(Voice.class::cast)
            .findFirst()
            .orElseGet(Shared::new);
    if (voice.isJson()) {
      sayJson(command, problem);
    } else {
      say(command, problem, voice);
    }
    return ExitCode.of(problem.kind());
  }

  @Override
  public int handleParseException(ParameterException thrown, String[] words) {
    CommandLine command = thrown.getCommandLine();
    boolean isJson = asksForJson(List.of(words));
    if (isUnfinished(thrown) && !isJson) {
      command.usage(command.getErr());
      return ExitCode.of(ProblemKind.BAD_REQUEST);
    }
    if (thrown.getCause() instanceof ProblemException known) {
      return refuse(command, known.problem(), isJson);
    }
    String help = command.getCommandSpec().qualifiedName() + " --help";
    String cause = sentence(String.valueOf(thrown.getMessage()));
    var suggestions = new StringWriter();
    boolean isSuggested =
        UnmatchedArgumentException.printSuggestions(thrown, new PrintWriter(suggestions, true));
    String hint = isSuggested ? ". " + sentence(suggestions.toString()) : "";
    return refuse(command, new CliProblem.CommandNotUnderstood(cause + hint, help), isJson);
  }

  private int refuse(CommandLine command, Problem problem, boolean isJson) {
    if (isJson) {
      sayJson(command, problem);
    } else {
      say(command, problem, new Shared());
    }
    return ExitCode.of(problem.kind());
  }

  /// Whether the words end where a command could still be chosen: then the choice is the answer.
  private static boolean isUnfinished(ParameterException thrown) {
    return String.valueOf(thrown.getMessage()).startsWith("Missing required subcommand");
  }

  private static String sentence(String text) {
    String line = withoutPasswords(text.strip().replaceAll("\\s+", " "));
    // The parser names the constants of an enum; people type them in small letters.
    return CHOICES.matcher(line).replaceAll(m -> m.group(1).toLowerCase(Locale.ROOT));
  }

  /// The words of a command line that is not understood are repeated, a mistyped URL among them.
  private static String withoutPasswords(String text) {
    return PASSWORD.matcher(text).replaceAll("//…@");
  }

  /// The options are not parsed when parsing failed, so the words are looked at.
  private static boolean asksForJson(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i).toLowerCase(Locale.ROOT);
      boolean isOption = word.equals("-o") || word.equals("--output");
      if (isOption && i + 1 < words.size() && words.get(i + 1).equalsIgnoreCase("json")) {
        return true;
      }
      if (word.matches("(-o=?|--output=)json")) {
        return true;
      }
    }
    return false;
  }

  private static void sayJson(CommandLine command, Problem problem) {
    command.getOut().println(Wire.tolerant().writeValueAsString(Envelope.of(problem)));
  }

  private void say(CommandLine command, Problem problem, Voice voice) {
    PrintWriter err = command.getErr();
    ProblemBlock.lines(problem, voice.errorLook(surroundings)).forEach(err::println);
  }

  private static Problem defect(Exception thrown, CommandLine command) {
    String where =
        report(thrown, command)
            .map(file -> "the report " + file)
            .orElse("what you typed and what you saw");
    return new CliProblem.Defect(thrown.getClass().getSimpleName(), where);
  }

  /// Writes where it happened, without the command's arguments and without messages: both can hold
  /// what is nobody else's business.
  private static Optional<Path> report(Exception thrown, CommandLine command) {
    StringBuilder text = new StringBuilder("Command: ");
    text.append(command.getCommandSpec().qualifiedName()).append('\n');
    text.append("Java: ").append(Runtime.version()).append('\n');
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < CAUSES; depth++) {
      text.append(cause.getClass().getName()).append('\n');
      for (StackTraceElement place : cause.getStackTrace()) {
        text.append("    at ").append(place).append('\n');
      }
      cause = cause.getCause();
    }
    try {
      Path file = Files.createTempFile("tranche-defect-", ".txt");
      return Optional.of(Files.writeString(file, text, StandardCharsets.UTF_8));
    } catch (IOException _) {
      // The defect itself is still said; only the details are lost.
      return Optional.empty();
    }
  }
}
