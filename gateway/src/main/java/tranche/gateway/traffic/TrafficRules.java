package tranche.gateway.traffic;

import io.undertow.util.HttpString;
import java.time.Duration;
import java.util.Set;

/// How requests are admitted and forwarded.
///
/// @param tenantFrom where the tenant is looked for
/// @param tenantHeader header that names the tenant, and that tells it to the application
/// @param userHeader header that names the user, for routes that are sticky by user
/// @param previewToken what a preview request must present
/// @param limits what bounds one request
public record TrafficRules(
    Set<TenantSource> tenantFrom,
    HttpString tenantHeader,
    HttpString userHeader,
    Secret previewToken,
    Limits limits) {

  /// Where a tenant can be named.
  public enum TenantSource {
    /// The first label of the host name.
    HOST,
    /// The tenant header.
    HEADER
  }

  /// What bounds one request.
  ///
  /// @param maxBodyBytes largest request body
  /// @param requestTimeout most time from the first byte of the request to the last of the answer
  /// @param connectTimeout most time for opening a connection to an instance
  public record Limits(long maxBodyBytes, Duration requestTimeout, Duration connectTimeout) {}
}
