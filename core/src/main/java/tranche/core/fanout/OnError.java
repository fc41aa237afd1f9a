package tranche.core.fanout;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// When failed stores end a run. A run that ends begins no new store; those that are being changed
/// finish. So at most as many fail as the budget allows, and those that were running.
public sealed interface OnError {
  /// The first failure ends it.
  record Stop() implements OnError {
    @Override
    public String toString() {
      return "stop";
    }
  }

  /// Failures do not end it.
  record Continue() implements OnError {
    @Override
    public String toString() {
      return "continue";
    }
  }

  /// It goes on until more than this share of all stores has failed.
  ///
  /// @param percent above 0, up to 100
  record Share(BigDecimal percent) implements OnError {
    public Share {
      Objects.requireNonNull(percent);
      if (percent.signum() <= 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
        throw new IllegalArgumentException("a share of " + percent + " %");
      }
      percent = percent.stripTrailingZeros();
    }

    @Override
    public String toString() {
      return "budget:" + percent.toPlainString() + "%";
    }
  }

  /// It goes on until more than this many have failed.
  record Count(int stores) implements OnError {
    public Count {
      if (stores < 0) {
        throw new IllegalArgumentException("a budget of " + stores);
      }
    }

    @Override
    public String toString() {
      return "budget:" + stores;
    }
  }

  /// How many of that many stores may fail without ending the run.
  default int budget(int stores) {
    return switch (this) {
      case Stop _ -> 0;
      case Continue _ -> Integer.MAX_VALUE;
      case Count(int count) -> count;
      case Share(BigDecimal percent) ->
          percent
              .multiply(BigDecimal.valueOf(stores))
              .divide(BigDecimal.valueOf(100), 0, RoundingMode.FLOOR)
              .intValueExact();
    };
  }

  /// Whether another store may begin after that many of that many have failed.
  default boolean mayBegin(int failed, int stores) {
    return failed <= budget(stores);
  }

  /// Reads `stop`, `continue`, `budget:20` or `budget:0.5%`; empty if it is none of them.
  static Optional<OnError> parse(String text) {
    return switch (text) {
      case "stop" -> Optional.of(new Stop());
      case "continue" -> Optional.of(new Continue());
      case String budget when Budget.COUNT.matcher(budget).matches() ->
          Optional.of(new Count(Integer.parseInt(budget.substring(Budget.PREFIX))));
      case String budget when Budget.SHARE.matcher(budget).matches() ->
          Optional.of(new BigDecimal(budget.substring(Budget.PREFIX, budget.length() - 1)))
              .filter(p -> p.signum() > 0 && p.compareTo(BigDecimal.valueOf(100)) <= 0)
              .map(Share::new);
      case String _ -> Optional.empty();
    };
  }

  /// How a budget is written.
  final class Budget {
    private static final int PREFIX = "budget:".length();
    private static final Pattern COUNT = Pattern.compile("budget:[0-9]{1,9}");
    private static final Pattern SHARE = Pattern.compile("budget:[0-9]{1,3}(\\.[0-9]{1,6})?%");

    private Budget() {}
  }
}
