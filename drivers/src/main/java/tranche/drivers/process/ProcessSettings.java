package tranche.drivers.process;

import java.nio.file.Path;
import java.time.Duration;

/// How instances are run.
///
/// @param data the data folder; instances are kept in `instances`, logs of ended ones in `logs`
/// @param java the Java executable that `{java}` in a command stands for
/// @param ready how long an instance may take from its start until it is ready
/// @param patience how long an instance may take to end after it was asked to
/// @param parallel how many instances of an arm start at a time
public record ProcessSettings(
    Path data, Path java, Duration ready, Duration patience, int parallel) {
  public ProcessSettings {
    data = data.toAbsolutePath().normalize();
    if (!ready.isPositive() || patience.isNegative() || parallel < 1 || parallel > 64) {
      throw new IllegalArgumentException(ready + ", " + patience + ", " + parallel);
    }
  }

  /// 60 s to become ready, 15 s to end, two starts at a time.
  public static ProcessSettings of(Path data, Path java) {
    return new ProcessSettings(data, java, Duration.ofSeconds(60), Duration.ofSeconds(15), 2);
  }
}
