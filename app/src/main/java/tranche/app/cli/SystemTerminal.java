package tranche.app.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The terminal that this process was started in.
final class SystemTerminal implements Terminal {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final int PATIENCE_SECONDS = 2;

  @Override
  public boolean isOut() {
    return isTerminal("1");
  }

  @Override
  public boolean isErr() {
    return isTerminal("2");
  }

  @Override
  public boolean isIn() {
    return isTerminal("0");
  }

  /// Java only knows of input and output together; Linux tells them apart.
  private static boolean isTerminal(String descriptor) {
    Path link = DESCRIPTORS.resolve(descriptor);
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/")
          || target.startsWith("/dev/tty")
          || target.equals("/dev/console");
    } catch (IOException | UnsupportedOperationException _) {
      // There is no such folder here: another system.
      return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
  }

  @Override
  public Optional<Size> size() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(Path.of("/dev/tty").toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
        return Optional.empty();
      }
      return parsed(
          new String(stty.getInputStream().readAllBytes(), Charset.defaultCharset()).strip());
    } catch (IOException _) {
      // No such program or no terminal to ask: the width is simply not known.
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Optional<Size> parsed(String text) {
    if (!text.matches("[1-9][0-9]{0,3} [1-9][0-9]{0,3}")) {
      return Optional.empty();
    }
    int gap = text.indexOf(' ');
    return Optional.of(
        new Size(
            Integer.parseInt(text.substring(0, gap)), Integer.parseInt(text.substring(gap + 1))));
  }

  @Override
  public Optional<String> readLine() {
    try {
      var in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
      return Optional.ofNullable(in.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
