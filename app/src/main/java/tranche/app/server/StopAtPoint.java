package tranche.app.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import tranche.core.rollout.StepKind;
import tranche.engine.rollout.FaultPoints;

/// For fault tests: with `TRANCHE_TEST_STOP_AT=shift:after-effect` in the environment, the first
/// thread that reaches that point writes the file `stopped-at` into the data folder and waits there
/// for ever, so that the test can kill the process exactly there. Without the variable it is not
/// used.
final class StopAtPoint implements FaultPoints {
  private static final String VARIABLE = "TRANCHE_TEST_STOP_AT";

  private final String wanted;
  private final Path marker;

  private StopAtPoint(String wanted, Path marker) {
    this.wanted = wanted;
    this.marker = marker;
  }

  static FaultPoints from(Map<String, String> environment, Path data) {
    String wanted = environment.getOrDefault(VARIABLE, "");
    return wanted.isEmpty()
        ? FaultPoints.NONE
        : new StopAtPoint(wanted, data.resolve("stopped-at"));
  }

  @Override
  public void reached(StepKind kind, Point point) {
    if (!wanted.equals(kind.word() + ":" + point.word())) {
      return;
    }
    try {
      Files.writeString(marker, wanted, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    while (true) {
      LockSupport.park(this);
    }
  }
}
