package tranche.app.demo;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tranche.app.cli.render.Look;

/// Prints the story line by line, each with the seconds since it began.
final class Narrator {
  private final PrintWriter out;
  private final Look look;
  private final Instant begin = Instant.now();

  private Narrator(PrintWriter out, Look look) {
    this.out = out;
    this.look = look;
  }

  static Narrator to(PrintWriter out, boolean headless) {
    boolean isTerminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    boolean isPlain = headless || !isTerminal || System.getenv("NO_COLOR") != null;
    Look plain = Look.plain();
    return new Narrator(
        out,
        isPlain
            ? plain
            : new Look(Look.Ink.COLOUR, plain.glyphs(), plain.width(), ZoneId.systemDefault()));
  }

  Look look() {
    return look;
  }

  Duration elapsed() {
    return Duration.between(begin, Instant.now());
  }

  /// A line of its own.
  void say(String line) {
    out.println(line);
    out.flush();
  }

  /// A line with the time.
  void at(String line) {
    say(String.format(Locale.ROOT, "%3d s  %s", elapsed().toSeconds(), line));
  }

  /// Lines that belong to the last one.
  void block(List<String> lines) {
    lines.forEach(line -> say("       " + line));
  }
}
