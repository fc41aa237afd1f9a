package tranche.app.cli.render;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

/// How text is to look: with or without colour, in which characters, how wide, and in which zone
/// times are said.
public record Look(Ink ink, Glyphs glyphs, int width, ZoneId zone) {
  /// A width that nothing reaches: for output that no person's screen cuts off.
  public static final int UNLIMITED = 10_000;

  /// The narrowest width that lines are fitted into.
  public static final int NARROWEST = 40;

  public Look {
    Objects.requireNonNull(ink);
    Objects.requireNonNull(glyphs);
    Objects.requireNonNull(zone);
    width = Math.clamp(width, NARROWEST, UNLIMITED);
  }

  /// Whether colour is used.
  public enum Ink {
    /// No colour.
    PLAIN,
    /// The sixteen colours that every terminal has. A word or glyph stands beside each.
    COLOUR
  }

  /// Which characters are used for glyphs, lines and bars.
  public enum Glyphs {
    /// Any.
    UNICODE,
    /// ASCII only; one for each, so that columns stay where they are.
    ASCII
  }

  /// No colour, no limit, UTC: the same on every machine.
  public static Look plain() {
    return new Look(Ink.PLAIN, Glyphs.UNICODE, UNLIMITED, ZoneOffset.UTC);
  }

  /// The same, fitted into that many columns.
  public Look fitting(int columns) {
    return new Look(ink, glyphs, columns, zone);
  }

  /// The lines as they may be written to a terminal: control characters are gone, whoever put them
  /// there, then colours are put in or left out.
  public List<String> finish(List<String> lines) {
    return lines.stream().map(line -> Paint.finish(line, this)).toList();
  }
}
