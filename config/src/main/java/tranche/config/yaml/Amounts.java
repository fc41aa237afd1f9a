package tranche.config.yaml;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times and shares as texts.
final class Amounts {
  static final String DURATION = "a time such as 500ms, 2s, 10m, 12h or 1d, up to 365d";
  static final String SHARE = "a share from 0% to 100% such as 0.5%, or from 0 to 1 such as 0.005";

  private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Pattern NUMBER = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)( ?%)?");
  private static final Duration LONGEST = Duration.ofDays(365);

  private Amounts() {}

  static Optional<Duration> duration(String text) {
    Matcher time = TIME.matcher(text);
    return time.matches()
        ? Optional.of(of(Long.parseLong(time.group(1)), time.group(2)))
            .filter(d -> d.compareTo(LONGEST) <= 0)
        : Optional.empty();
  }

  private static Duration of(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      default -> throw new IllegalArgumentException("unit " + unit);
    };
  }

  static Optional<Double> share(String text) {
    Matcher number = NUMBER.matcher(text);
    if (!number.matches()) {
      return Optional.empty();
    }
    double value = Double.parseDouble(number.group(1)) / (number.group(2) == null ? 1 : 100);
    return value <= 1 ? Optional.of(value) : Optional.empty();
  }
}
