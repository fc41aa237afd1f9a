package tranche.gateway.traffic;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tranche.gateway.problem.TrafficProblem;
import tranche.gateway.problem.TrafficProblem.TenantContradiction;
import tranche.gateway.problem.TrafficProblem.TenantUnknown;
import tranche.gateway.traffic.TrafficRules.TenantSource;

/// Which tenant a request is for.
sealed interface TenantName {

  /// A known tenant.
  record Known(String id) implements TenantName {}

  /// No answer; the request is refused.
  record Refused(TrafficProblem problem) implements TenantName {}

  /// The port of a host header, or nothing.
  Pattern PORT = Pattern.compile(":\\d{0,5}$");

  /// Four numbers are an address, not a tenant called by a number.
  Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

  /// Decides from what the request says.
  ///
  /// A header always counts when headers are looked at: a value that is not a tenant is refused
  /// even if the host names one, because the client asked for something that is not there.
  static TenantName of(
      Set<TenantSource> from, String host, List<String> headers, Predicate<String> isTenant) {
    Optional<String> byHost =
        from.contains(TenantSource.HOST) ? firstLabel(host).filter(isTenant) : Optional.empty();
    List<String> named = from.contains(TenantSource.HEADER) ? headers : List.of();
    if (named.size() > 1) {
      return new Refused(new TenantContradiction("The request has more than one tenant header"));
    }
    if (named.isEmpty()) {
      return byHost.<TenantName>map(Known::new).orElseGet(() -> new Refused(new TenantUnknown()));
    }
    String byHeader = named.getFirst();
    if (!isTenant.test(byHeader)) {
      return new Refused(new TenantUnknown());
    }
    if (byHost.isPresent() && !byHost.get().equals(byHeader)) {
      return new Refused(
          new TenantContradiction("The host name and the tenant header name different tenants"));
    }
    return new Known(byHeader);
  }

  private static Optional<String> firstLabel(String host) {
    String name = PORT.matcher(host).replaceFirst("");
    int dot = name.indexOf('.');
    boolean twoLabels = dot > 0 && dot < name.length() - 1;
    if (!twoLabels || name.startsWith("[") || IPV4.matcher(name).matches()) {
      return Optional.empty();
    }
    return Optional.of(name.substring(0, dot).toLowerCase(Locale.ROOT));
  }
}
