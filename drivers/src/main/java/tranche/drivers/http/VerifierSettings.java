package tranche.drivers.http;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import tranche.core.secret.Secret;

/// How the application is asked.
///
/// @param front where customers' requests enter the gateway; asked anew for each verification
/// @param tenantHeader names the tenant of a request; the gateway must look at it
/// @param previewToken opens the way to an arm that has no traffic yet
/// @param limit for one request, from connecting to the last byte
/// @param parallel how many tenants are verified at a time
public record VerifierSettings(
    Supplier<URI> front, String tenantHeader, Secret previewToken, Duration limit, int parallel) {
  public VerifierSettings {
    if (!limit.isPositive() || parallel < 1 || parallel > 64) {
      throw new IllegalArgumentException(limit + ", " + parallel);
    }
  }

  /// 5 s for a request, four tenants at a time.
  public static VerifierSettings of(Supplier<URI> front, String tenantHeader, Secret preview) {
    return new VerifierSettings(front, tenantHeader, preview, Duration.ofSeconds(5), 4);
  }
}
