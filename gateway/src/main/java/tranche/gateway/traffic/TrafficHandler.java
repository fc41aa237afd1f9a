package tranche.gateway.traffic;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.ProxyCallback;
import io.undertow.server.handlers.proxy.ProxyClient;
import io.undertow.server.handlers.proxy.ProxyConnection;
import io.undertow.server.handlers.proxy.ProxyHandler;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tranche.gateway.problem.TrafficProblem;
import tranche.gateway.problem.TrafficProblem.BodyTooLarge;
import tranche.gateway.problem.TrafficProblem.NoRoutes;
import tranche.gateway.problem.TrafficProblem.PreviewRefused;
import tranche.gateway.route.Bucket;
import tranche.gateway.route.RoutingTable;
import tranche.gateway.route.Sticky;
import tranche.gateway.route.TableVersion;
import tranche.gateway.route.TenantRoute;

/// The front door: admits a request, resolves its tenant, prepares its headers and forwards it.
public final class TrafficHandler implements HttpHandler {
  private final TrafficRules rules;
  private final Upstreams upstreams;
  private final Tally tally;
  private final RequestIds ids;
  private final ProxyHandler proxy;
  private final AtomicInteger spread = new AtomicInteger();
  private final AtomicInteger active = new AtomicInteger();
  private volatile boolean closing;

  /// Handles requests by these rules.
  ///
  /// @param bootId beginning of the request ids made here
  public TrafficHandler(TrafficRules rules, Upstreams upstreams, Tally tally, String bootId) {
    this.rules = rules;
    this.upstreams = upstreams;
    this.tally = tally;
    this.ids = new RequestIds(bootId);
    this.proxy =
        ProxyHandler.builder()
            .setProxyClient(new Client())
            .setNext(HttpServerExchange::endExchange)
            .setMaxConnectionRetries(Forwarding.MAX_RETRIES)
            .setIdempotentRequestPredicate(exchange -> forwarding(exchange).mayRepeat())
            .build();
  }

  /// Requests being handled now.
  public int active() {
    return active.get();
  }

  /// From now on every answer closes its connection, so that clients go elsewhere.
  public void startClosing() {
    closing = true;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    active.incrementAndGet();
    exchange.addExchangeCompleteListener((_, next) -> {
      active.decrementAndGet();
      next.proceed();
    });
    if (closing) {
      exchange.setPersistent(false);
    }
    switch (admit(exchange)) {
      case Admission.Admitted(var route) -> forward(exchange, route);
      case Admission.Refused(var problem) -> {
        tally.metrics().refusedRequest();
        Refusal.send(exchange, problem);
      }
    }
  }

  private void forward(HttpServerExchange exchange, Route route) throws Exception {
    new Forwarding(exchange, route, upstreams, tally, rules.limits()).begin();
    proxy.handleRequest(exchange);
  }

  private Admission admit(HttpServerExchange exchange) {
    HeaderMap headers = exchange.getRequestHeaders();
    String id = ids.of(headers.getFirst(HeaderRules.REQUEST_ID));
    exchange.getResponseHeaders().put(HeaderRules.REQUEST_ID, id);
    Optional<? extends TrafficProblem> ambiguous = HeaderRules.refusal(exchange);
    if (ambiguous.isPresent()) {
      return new Admission.Refused(ambiguous.get());
    }
    if (HeaderRules.contentLength(headers) > rules.limits().maxBodyBytes()) {
      return new Admission.Refused(new BodyTooLarge(rules.limits().maxBodyBytes()));
    }
    RoutingTable table = upstreams.routing().get().table();
    if (table.version().equals(TableVersion.NONE)) {
      return new Admission.Refused(new NoRoutes());
    }
    TenantName name =
        TenantName.of(
            rules.tenantFrom(),
            headers.getFirst(Headers.HOST),
            all(headers, rules.tenantHeader()),
            table.tenants()::containsKey);
    return switch (name) {
      case TenantName.Refused(var problem) -> new Admission.Refused(problem);
      case TenantName.Known(var tenant) -> admitTenant(headers, tenant, table, id);
    };
  }

  private Admission admitTenant(
      HeaderMap headers, String tenant, RoutingTable table, String requestId) {
    TenantRoute tenantRoute = table.tenants().get(tenant);
    if (tenantRoute == null) {
      return new Admission.Refused(new TrafficProblem.TenantUnknown());
    }
    List<String> tokens = all(headers, HeaderRules.PREVIEW);
    Optional<String> previewOf = Optional.empty();
    if (!tokens.isEmpty()) {
      if (tokens.size() > 1 || !rules.previewToken().matches(tokens.getFirst())) {
        return new Admission.Refused(new PreviewRefused(403, "The preview token is wrong"));
      }
      previewOf = Optional.ofNullable(headers.getFirst(HeaderRules.ARM));
      if (previewOf.isEmpty()) {
        return new Admission.Refused(new PreviewRefused(400, "The preview names no arm"));
      }
    }
    int bucket = bucket(tenant, tenantRoute.sticky(), headers.getFirst(rules.userHeader()));
    HeaderRules.cleanRequest(headers);
    headers.put(rules.tenantHeader(), tenant);
    headers.put(HeaderRules.REQUEST_ID, requestId);
    headers.put(Headers.X_FORWARDED_HOST, headers.getFirst(Headers.HOST));
    return new Admission.Admitted(new Route(tenant, bucket, previewOf));
  }

  private int bucket(String tenant, Sticky sticky, @Nullable String user) {
    return switch (sticky) {
      case TENANT -> Bucket.of(tenant, "");
      case USER -> user == null || user.isEmpty() ? spread() : Bucket.of(tenant, user);
      case NONE -> spread();
    };
  }

  /// All buckets equally often; the step shares no factor with 100, so that neighbours lie apart.
  private int spread() {
    return Math.floorMod(spread.getAndIncrement() * 61L, Bucket.COUNT);
  }

  private static List<String> all(HeaderMap headers, HttpString name) {
    HeaderValues values = headers.get(name);
    return values == null ? List.of() : List.copyOf(values);
  }

  private static Forwarding forwarding(HttpServerExchange exchange) {
    return exchange.getAttachment(Forwarding.KEY);
  }

  /// Whether a request is forwarded.
  private sealed interface Admission {
    /// It is, along this route.
    record Admitted(Route route) implements Admission {}

    /// It is answered with this problem.
    record Refused(TrafficProblem problem) implements Admission {}
  }

  /// Connects Undertow's proxy handler with the forwarding of each exchange.
  private static final class Client implements ProxyClient {
    private static final ProxyTarget TARGET = new ProxyTarget() {};

    @Override
    public @Nullable ProxyTarget findTarget(HttpServerExchange exchange) {
      return forwarding(exchange).next() ? TARGET : null;
    }

    @Override
    public void getConnection(
        ProxyTarget target,
        HttpServerExchange exchange,
        ProxyCallback<ProxyConnection> callback,
        long timeout,
        TimeUnit unit) {
      forwarding(exchange).connect(callback);
    }
  }
}
