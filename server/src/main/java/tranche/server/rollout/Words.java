package tranche.server.rollout;

import java.time.Duration;
import java.util.Locale;

/// Numbers and times as people read them.
final class Words {
  private Words() {}

  static String of(Duration time) {
    if (time.toHours() > 0) {
      int minutes = time.toMinutesPart();
      return time.toHours() + " h" + (minutes > 0 ? " " + minutes + " min" : "");
    }
    if (time.toMinutes() > 0) {
      int seconds = time.toSecondsPart();
      return time.toMinutes() + " min" + (seconds > 0 ? " " + seconds + " s" : "");
    }
    return time.toMillisPart() > 0 && time.toSeconds() < 10
        ? String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0)
        : time.toSeconds() + " s";
  }

  static String count(long number, String thing) {
    return number == 1 ? "1 " + thing : String.format(Locale.ROOT, "%,d %ss", number, thing);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", share * 100);
  }
}
