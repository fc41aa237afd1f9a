package tranche.gateway.traffic;

import io.undertow.client.ClientConnection;
import io.undertow.server.DefaultResponseListener;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ResponseCommitListener;
import io.undertow.server.handlers.proxy.ProxyCallback;
import io.undertow.server.handlers.proxy.ProxyConnection;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.WorkerUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import tranche.gateway.problem.TrafficProblem;
import tranche.gateway.problem.TrafficProblem.BodyTooLarge;
import tranche.gateway.problem.TrafficProblem.ClientSlow;
import tranche.gateway.problem.TrafficProblem.InstancesFull;
import tranche.gateway.problem.TrafficProblem.NoReadyInstance;
import tranche.gateway.problem.TrafficProblem.PreviewNotReady;
import tranche.gateway.problem.TrafficProblem.UpstreamFailed;
import tranche.gateway.problem.TrafficProblem.UpstreamTimeout;
import tranche.gateway.upstream.LiveInstance;
import tranche.gateway.upstream.Pick;
import tranche.gateway.upstream.Routing;

/// One request on its way: the attempts made for it, the place it holds in an instance, its timer,
/// and in the end what it counts as. Lives on the I/O thread of its exchange and nowhere else.
///
/// Undertow's proxy handler moves the bytes and asks here what to do: [#next] for each attempt,
/// [#connect] for the connection, [#mayRepeat] after a broken one. When it gives up it ends the
/// exchange without a response, and [#handleDefaultResponse] says what really happened.
final class Forwarding
    implements DefaultResponseListener,
        ExchangeCompletionListener,
        ResponseCommitListener,
        BodyLimit.Watcher {
  static final AttachmentKey<Forwarding> KEY = AttachmentKey.create(Forwarding.class);

  /// Attempts after the first one.
  static final int MAX_RETRIES = 2;

  private static final Set<HttpString> IDEMPOTENT =
      Set.of(
          Methods.GET, Methods.HEAD, Methods.OPTIONS, Methods.PUT, Methods.DELETE, Methods.TRACE);

  /// What ended the attempts, in rising order of what the client must be told.
  private enum End {
    NONE_READY,
    FULL,
    UPSTREAM_FAILED,
    TIMED_OUT,
    TOO_LARGE,
    CLIENT_BROKEN
  }

  private final HttpServerExchange exchange;
  private final Route route;
  private final Upstreams upstreams;
  private final Tally tally;
  private final TrafficRules.Limits limits;
  private final long startedAt = System.nanoTime();
  private final List<LiveInstance> tried = new ArrayList<>(MAX_RETRIES + 1);

  private XnioExecutor.Key timer = () -> false;
  private @Nullable LiveInstance instance;
  private @Nullable ClientConnection connection;
  private @Nullable Connecting connecting;
  private long bytesReadBefore;
  private String cell = "";
  private String release = "";
  private End end = End.NONE_READY;
  private boolean refused;
  private boolean stale;
  private boolean responding;
  private boolean requestWasComplete;
  private boolean cutOff;

  Forwarding(
      HttpServerExchange exchange,
      Route route,
      Upstreams upstreams,
      Tally tally,
      TrafficRules.Limits limits) {
    this.exchange = exchange;
    this.route = route;
    this.upstreams = upstreams;
    this.tally = tally;
    this.limits = limits;
  }

  /// Binds this to its exchange and starts the clock.
  void begin() {
    exchange.putAttachment(KEY, this);
    exchange.addDefaultResponseListener(this);
    exchange.addExchangeCompleteListener(this);
    exchange.addResponseCommitListener(this);
    if (!exchange.isRequestComplete()) {
      exchange.addRequestWrapper(
          (factory, _) -> new BodyLimit(factory.create(), limits.maxBodyBytes(), this));
    }
    timer =
        WorkerUtils.executeAfter(
            exchange.getIoThread(),
            this::timeOut,
            limits.requestTimeout().toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /// Chooses the instance for the next attempt and takes a place in it: another one of the best arm
  /// that has any, then one of the other arms. False when there is none.
  boolean next() {
    leaveInstance();
    if (end.compareTo(End.UPSTREAM_FAILED) > 0) {
      return false;
    }
    Routing routing = upstreams.routing().get();
    Optional<Route.Choice> choice = route.in(routing);
    return choice.isPresent() && choose(routing, choice.get());
  }

  private boolean choose(Routing routing, Route.Choice choice) {
    boolean full = false;
    for (String candidate : choice.releases()) {
      switch (upstreams.balancer().pick(routing.arm(choice.cell(), candidate), tried)) {
        case Pick.Chosen(var chosen) -> {
          take(choice.cell(), candidate, chosen);
          return true;
        }
        case Pick.Full _ -> full = true;
        case Pick.NoneReady _ -> {}
      }
    }
    if (tried.isEmpty()) {
      cell = choice.cell();
      release = choice.releases().getFirst();
      end = full ? End.FULL : End.NONE_READY;
    }
    return false;
  }

  private void take(String ofCell, String ofRelease, LiveInstance chosen) {
    if (!tried.isEmpty()) {
      tally.metrics().retried();
    }
    cell = ofCell;
    release = ofRelease;
    instance = chosen;
    tried.add(chosen);
  }

  /// Gets a connection to the chosen instance: one that rests, or a new one.
  void connect(ProxyCallback<ProxyConnection> callback) {
    LiveInstance target = chosen();
    Optional<ClientConnection> rested = target.connections().take(exchange.getIoThread());
    if (rested.isPresent()) {
      deliver(rested.get(), callback);
      return;
    }
    connecting =
        Connecting.start(
            target.identity(),
            exchange,
            limits.connectTimeout(),
            opened -> deliver(opened, callback),
            reason -> connectFailed(reason, callback));
  }

  private LiveInstance chosen() {
    if (instance == null) {
      throw new IllegalStateException("no instance is chosen");
    }
    return instance;
  }

  private void deliver(ClientConnection opened, ProxyCallback<ProxyConnection> callback) {
    connecting = null;
    connection = opened;
    bytesReadBefore = opened.getStatistics().getRead();
    opened.getCloseSetter().set(_ -> connectionClosed());
    exchange.getResponseHeaders().put(HeaderRules.ARM, release);
    callback.completed(exchange, new ProxyConnection(opened, ""));
  }

  private void connectFailed(String reason, ProxyCallback<ProxyConnection> callback) {
    connecting = null;
    end = End.UPSTREAM_FAILED;
    LiveInstance failed = chosen();
    failed.connectFailed("connection failed: " + reason);
    upstreams.doubt().accept(failed);
    tally.metrics().connectFailed();
    if (route.previewOf().isEmpty()) {
      tally.tenants().connectFailed(route.tenant(), release);
    }
    // Nothing was sent, so the next attempt is safe for every method.
    callback.failed(exchange);
  }

  /// Asked when a connection broke before the response began: may the request be sent again?
  boolean mayRepeat() {
    if (connection == null) {
      // A late report about an attempt that was already given up; the present one goes on.
      stale = true;
      return false;
    }
    if (end.compareTo(End.UPSTREAM_FAILED) > 0) {
      return false;
    }
    end = End.UPSTREAM_FAILED;
    upstreams.doubt().accept(chosen());
    return IDEMPOTENT.contains(exchange.getRequestMethod()) && nothingReceived();
  }

  private boolean nothingReceived() {
    return connection != null && connection.getStatistics().getRead() == bytesReadBefore;
  }

  private void connectionClosed() {
    // Closed by the other side while the client is still there: what the client got is not whole.
    if (responding && !exchange.isComplete() && exchange.getConnection().isOpen()) {
      cutOff = true;
    }
  }

  private void timeOut() {
    if (exchange.isComplete()) {
      return;
    }
    end = End.TIMED_OUT;
    if (connecting != null) {
      connecting.abandon();
    }
    IoUtils.safeClose(connection);
    // Closing it has usually been reported as a failure, and the client answered, by now.
    if (refused || exchange.isComplete()) {
      return;
    }
    if (exchange.isResponseStarted()) {
      cutOff = true;
      IoUtils.safeClose(exchange.getConnection());
    } else {
      exchange.endExchange();
    }
  }

  @Override
  public void tooLarge() {
    end = End.TOO_LARGE;
  }

  @Override
  public void clientBroken() {
    end = End.CLIENT_BROKEN;
  }

  @Override
  public void beforeCommit(HttpServerExchange committed) {
    if (!refused) {
      responding = true;
      requestWasComplete = exchange.isRequestComplete();
      HeaderRules.cleanResponse(exchange.getResponseHeaders());
    }
  }

  @Override
  public boolean handleDefaultResponse(HttpServerExchange ended) {
    if (stale && !refused) {
      stale = false;
      exchange.addDefaultResponseListener(this);
      return true;
    }
    if (refused || exchange.isResponseStarted() || !exchange.isResponseChannelAvailable()) {
      return false;
    }
    refused = true;
    if (end == End.NONE_READY) {
      tally.metrics().noReadyInstance();
    }
    Refusal.send(exchange, problem());
    return true;
  }

  private TrafficProblem problem() {
    long timeoutMillis = limits.requestTimeout().toMillis();
    return switch (end) {
      case NONE_READY ->
          route
              .previewOf()
              .<TrafficProblem>map(PreviewNotReady::new)
              .orElseGet(NoReadyInstance::new);
      case FULL -> new InstancesFull();
      case UPSTREAM_FAILED -> new UpstreamFailed("The connection to the application broke");
      case TIMED_OUT ->
          exchange.isRequestComplete()
              ? new UpstreamTimeout(timeoutMillis)
              : new ClientSlow(timeoutMillis);
      case TOO_LARGE -> new BodyTooLarge(limits.maxBodyBytes());
      case CLIENT_BROKEN ->
          new TrafficProblem.RequestRefused(400, "The request body broke off or is malformed");
    };
  }

  @Override
  public void exchangeEvent(HttpServerExchange completed, NextListener nextListener) {
    timer.remove();
    if (connecting != null) {
      connecting.abandon();
    }
    leaveInstance();
    count();
    nextListener.proceed();
  }

  /// Gives the place back, and the connection too if it is at rest: the whole request was sent
  /// before the response began, and the whole response was taken.
  private void leaveInstance() {
    LiveInstance left = instance;
    instance = null;
    ClientConnection used = connection;
    connection = null;
    if (used != null) {
      used.getCloseSetter().set(null);
      if (left != null && reusable(used, left)) {
        left.connections().give(used);
      } else {
        // Not now: closing inside a failure callback makes Undertow report the same failure again.
        used.getIoThread().execute(() -> IoUtils.safeClose(used));
      }
    }
    if (left != null) {
      left.end();
    }
  }

  private boolean reusable(ClientConnection used, LiveInstance of) {
    return responding && requestWasComplete && !cutOff && used.isOpen() && !of.draining();
  }

  private void count() {
    if (release.isEmpty()) {
      return;
    }
    int status = exchange.getStatusCode();
    tally.metrics().finished(cell, release, status);
    if (route.previewOf().isPresent()) {
      tally.metrics().previewed();
      return;
    }
    Outcome outcome = cutOff || status >= 500 ? Outcome.ERROR : Outcome.FINE;
    tally.tenants().finished(route.tenant(), release, outcome, System.nanoTime() - startedAt);
  }
}
