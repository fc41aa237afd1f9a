package tranche.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/// What a command finds around it: environment variables, the current folder, what it writes to,
/// the terminal and the time.
public record Surroundings(
    Map<String, String> environment, Path folder, Output output, Terminal terminal, Clock clock) {
  private static final int PERSON_LENGTH = 64;

  /// Data goes to `out`, everything else to `err`.
  public record Output(PrintStream out, PrintStream err) {}

  public Surroundings {
    environment = Map.copyOf(environment);
    folder = folder.toAbsolutePath();
  }

  /// Those of this process.
  public static Surroundings ofThisProcess() {
    Output output = new Output(utf8(FileDescriptor.out), utf8(FileDescriptor.err));
    return new Surroundings(
        System.getenv(),
        Path.of(""),
        output,
        new SystemTerminal(),
        Clock.system(ZoneId.systemDefault()));
  }

  // Glyphs are wanted whatever the locale says; --ascii is there for terminals that cannot.
  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /// The value of an environment variable that is set and not empty.
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /// Who asks: the name that journals and histories keep, printable.
  public String person() {
    String name =
        variable("TRANCHE_USER")
            .or(() -> Optional.ofNullable(System.getProperty("user.name")))
            .map(n -> n.replaceAll("[^\\x20-\\x7e]", "_").strip())
            .filter(n -> !n.isEmpty())
            .orElse("unknown");
    return name.length() > PERSON_LENGTH ? name.substring(0, PERSON_LENGTH).strip() : name;
  }
}
