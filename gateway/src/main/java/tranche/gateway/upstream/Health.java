package tranche.gateway.upstream;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is known about the readiness of an instance.
///
/// @param ready true: it may be given requests
/// @param reason why it is ready or not, for an operator
/// @param lastCheckAt end of the last finished check; null before the first
public record Health(boolean ready, String reason, @Nullable Instant lastCheckAt) {
  static final Health UNKNOWN = new Health(false, "not checked yet", null);
}
