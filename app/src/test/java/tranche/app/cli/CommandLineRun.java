package tranche.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import tranche.app.onboard.AddCommand;
import tranche.app.schema.SchemaCommand;

/// Runs command lines in a folder, with what the test says is around them.
public final class CommandLineRun {
  public final Map<String, String> environment = new HashMap<>(Map.of("TRANCHE_USER", "nina"));
  public FakeTerminal terminal = FakeTerminal.NONE;
  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Path folder;

  public CommandLineRun(Path folder) {
    this.folder = folder;
  }

  public record Result(int code, String out, String err) {}

  /// A terminal in which `answer` is typed.
  public record FakeTerminal(boolean isOut, boolean isErr, boolean isIn, Optional<String> answer)
      implements Terminal {
    public static final FakeTerminal NONE = new FakeTerminal(false, false, false, Optional.empty());
    public static final FakeTerminal PERSON = new FakeTerminal(true, true, true, Optional.empty());

    public static FakeTerminal typing(String answer) {
      return new FakeTerminal(true, true, true, Optional.of(answer));
    }

    @Override
    public Optional<Size> size() {
      return isOut ? Optional.of(new Size(30, 100)) : Optional.empty();
    }

    @Override
    public Optional<String> readLine() {
      return answer;
    }
  }

  @Command(name = "tranche")
  private static final class Root {}

  @Command(name = "boom")
  private static final class Boom implements Runnable {
    @Override
    public void run() {
      throw new IllegalStateException("the password is hunter2");
    }
  }

  static CommandLine commandLine(Surroundings surroundings) {
    CommandLine root = new CommandLine(new Root());
    root.addSubcommand("boom", new Boom());
    return Cli.register(
        root,
        surroundings,
        Map.of(
            "schema",
            () -> SchemaCommand.commandLine(List.of(), surroundings),
            "tenant add",
            () -> new CommandLine(new AddCommand(surroundings))));
  }

  /// Surroundings of a command of its own, in which nobody listens.
  public static Surroundings quiet(Path folder) {
    var output =
        new Surroundings.Output(
            stream(new ByteArrayOutputStream()), stream(new ByteArrayOutputStream()));
    Map<String, String> environment = Map.of("TRANCHE_USER", "nina");
    return new Surroundings(environment, folder, output, FakeTerminal.NONE, Clock.systemUTC());
  }

  /// Leaves in the folder what a control plane at that address would leave.
  static void point(Path data, String url) {
    try {
      Files.createDirectories(data);
      Files.writeString(data.resolve("control.json"), "{\"url\": \"" + url + "\", \"pid\": 1}");
      Files.writeString(data.resolve("token"), ScriptedServer.TOKEN + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Result run(String... words) {
    out.reset();
    err.reset();
    var output = new Surroundings.Output(stream(out), stream(err));
    Clock clock = Clock.system(ZoneId.of("Europe/Berlin"));
    var surroundings = new Surroundings(environment, folder, output, terminal, clock);
    int code = commandLine(surroundings).execute(words);
    Result result = new Result(code, text(out), text(err));
    assertThat(result.out() + result.err()).doesNotContain(ScriptedServer.TOKEN);
    return result;
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
