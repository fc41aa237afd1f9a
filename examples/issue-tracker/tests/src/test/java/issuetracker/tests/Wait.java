package issuetracker.tests;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/// Waiting for a state, generously: a busy build machine is no failure.
public final class Wait {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Wait() {}

  /// A condition that has to hold within a minute.
  public static ConditionFactory await() {
    return Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(20));
  }
}
