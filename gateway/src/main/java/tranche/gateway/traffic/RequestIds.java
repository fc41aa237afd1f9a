package tranche.gateway.traffic;

import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The id under which a request is found in the logs of all who handled it.
final class RequestIds {
  private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");

  private final String prefix;
  private final AtomicLong count = new AtomicLong();

  RequestIds(String bootId) {
    this.prefix = bootId.substring(0, Math.min(8, bootId.length())) + "-";
  }

  /// The client's own id when it is harmless, otherwise a new one.
  String of(@Nullable String offered) {
    return offered != null && ACCEPTABLE.matcher(offered).matches()
        ? offered
        : prefix + Long.toHexString(count.incrementAndGet());
  }
}
