package tranche.app.cli.render;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Numbers, times and spans of time in words.
final class Figures {
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter CLOCK_SECONDS =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter DAY_CLOCK =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter FULL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss zzz", Locale.ENGLISH);

  private Figures() {}

  /// With a comma between thousands.
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /// `1 tenant`, `1,348 tenants`.
  static String count(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  /// `45 s`, `4 min`, `1 h 40`, `2 days`: as exact as an estimate can be.
  static String about(Duration span) {
    long seconds = span.toSeconds();
    if (seconds < 60) {
      return seconds + " s";
    }
    long minutes = Math.round(seconds / 60.0);
    if (minutes < 60) {
      return minutes + " min";
    }
    if (minutes < 48 * 60) {
      return minutes % 60 == 0
          ? minutes / 60 + " h"
          : String.format(Locale.ROOT, "%d h %02d", minutes / 60, minutes % 60);
    }
    return minutes / (24 * 60) + " days";
  }

  /// `14:02`, or with the day if it is not today.
  static String at(Instant time, Instant now, ZoneId zone) {
    var moment = time.atZone(zone);
    boolean isToday = moment.toLocalDate().equals(now.atZone(zone).toLocalDate());
    return (isToday ? CLOCK : DAY_CLOCK).format(moment);
  }

  /// `14:02:07 CET`.
  static String clock(Instant time, ZoneId zone) {
    return CLOCK_SECONDS.format(time.atZone(zone)) + " " + zoneName(time, zone);
  }

  /// `14:02:07`.
  static String seconds(Instant time, ZoneId zone) {
    return CLOCK_SECONDS.format(time.atZone(zone));
  }

  /// `2026-11-20 14:02:07 CET`.
  static String full(Instant time, ZoneId zone) {
    String text = FULL.format(time.atZone(zone));
    return text.endsWith(" Z") ? text.substring(0, text.length() - 1) + "UTC" : text;
  }

  /// `CET`.
  static String zoneName(Instant time, ZoneId zone) {
    String name = DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(time.atZone(zone));
    return name.equals("Z") ? "UTC" : name;
  }
}
