package tranche.app.cli;

import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Option;
import tranche.app.cli.render.Look;

/// The options that say how text for people looks.
public final class Appearance {
  @Option(
      names = {"-q", "--quiet"},
      description = "Only data and problems: no hints, no progress.")
  private boolean isQuiet;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "${COMPLETION-CANDIDATES}. Default: auto.")
  private When color = When.AUTO;

  @Option(names = "--ascii", description = "Only ASCII characters.")
  private boolean isAscii;

  @Option(names = "--utc", description = "Times in UTC instead of local time.")
  private boolean isUtc;

  /// When colour is used.
  enum When {
    AUTO,
    ALWAYS,
    NEVER;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Whether nothing but data and problems is wanted.
  public boolean isQuiet() {
    return isQuiet;
  }

  /// The look of what goes to the standard output, as wide as the screen is.
  public Look look(Surroundings surroundings) {
    return look(surroundings, surroundings.terminal()::isOut);
  }

  /// The look of what goes to the error output.
  public Look errorLook(Surroundings surroundings) {
    return look(surroundings, surroundings.terminal()::isErr);
  }

  private Look look(Surroundings surroundings, BooleanSupplier isSeen) {
    Look.Ink ink = hasColour(surroundings, isSeen) ? Look.Ink.COLOUR : Look.Ink.PLAIN;
    Look.Glyphs glyphs = isAscii ? Look.Glyphs.ASCII : Look.Glyphs.UNICODE;
    var zone = isUtc ? ZoneOffset.UTC : surroundings.clock().getZone();
    return new Look(ink, glyphs, width(surroundings, isSeen), zone);
  }

  private boolean hasColour(Surroundings surroundings, BooleanSupplier isSeen) {
    return switch (color) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> {
        boolean isForced =
            surroundings.variable("CLICOLOR_FORCE").filter(v -> !v.equals("0")).isPresent();
        boolean isUnwanted = surroundings.variable("NO_COLOR").isPresent();
        boolean isDumb = surroundings.variable("TERM").filter("dumb"::equals).isPresent();
        yield !isUnwanted && (isForced || (!isDumb && isSeen.getAsBoolean()));
      }
    };
  }

  private static int width(Surroundings surroundings, BooleanSupplier isSeen) {
    Optional<Integer> said =
        surroundings
            .variable("COLUMNS")
            .filter(v -> v.matches("[1-9][0-9]{0,3}"))
            .map(Integer::valueOf);
    return said.or(() -> isSeen.getAsBoolean() ? columns(surroundings) : Optional.empty())
        .orElse(Look.UNLIMITED);
  }

  private static Optional<Integer> columns(Surroundings surroundings) {
    return surroundings.terminal().size().map(Terminal.Size::columns);
  }
}
