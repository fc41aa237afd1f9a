package tranche.app.schema;

import java.security.SecureRandom;
import java.time.Instant;
import tranche.engine.fanout.RunId;

/// Makes ids of runs, which sort by time.
public final class RunIds {
  private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int TIME = 10;
  private static final int RANDOM = 16;
  private static final int BITS = 5;
  private static final int MASK = DIGITS.length() - 1;

  private RunIds() {}

  /// An id that no other run has.
  public static RunId next(Instant now) {
    StringBuilder id = new StringBuilder("s-");
    for (int place = TIME - 1; place >= 0; place--) {
      id.append(DIGITS.charAt((int) (now.toEpochMilli() >>> (BITS * place)) & MASK));
    }
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < RANDOM; i++) {
      id.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    return new RunId(id.toString());
  }
}
