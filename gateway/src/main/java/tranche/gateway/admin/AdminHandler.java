package tranche.gateway.admin;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RequestTooBigException;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import tools.jackson.core.exc.JacksonIOException;
import tranche.core.problem.ProblemException;
import tranche.gateway.problem.AdminProblem;
import tranche.gateway.problem.GatewayProblem;
import tranche.gateway.route.RouteJson;
import tranche.gateway.route.TableReader;
import tranche.gateway.traffic.Refusal;
import tranche.gateway.traffic.Secret;

/// Dispatches admin requests; each runs on a virtual thread of its own, at most [#MAX_CONCURRENT]
/// at once, so that the tables being read fit in the memory.
public final class AdminHandler implements HttpHandler, AutoCloseable {
  static final int MAX_CONCURRENT = 4;

  private static final Logger LOG = System.getLogger(AdminHandler.class.getName());
  private static final long QUERY_BYTES = 16L * 1024 * 1024;
  private static final String BEARER = "Bearer ";

  private final Parts parts;
  private final Secret token;
  private final Answers answers;
  private final Semaphore places = new Semaphore(MAX_CONCURRENT, true);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// @param token what callers must present
  public AdminHandler(Parts parts, Secret token) {
    this.parts = parts;
    this.token = token;
    this.answers = new Answers(parts);
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    if (exchange.getRequestPath().equals("/healthz")) {
      Answers.text(exchange, "ok\n");
    } else if (!allowed(exchange.getRequestHeaders())) {
      exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Bearer");
      Refusal.send(exchange, new AdminProblem.TokenWrong());
    } else {
      exchange.dispatch(threads, this::handleInTurn);
    }
  }

  private boolean allowed(HeaderMap headers) {
    String authorization = headers.getFirst(Headers.AUTHORIZATION);
    return headers.count(Headers.AUTHORIZATION) == 1
        && authorization.startsWith(BEARER)
        && token.matches(authorization.substring(BEARER.length()));
  }

  private void handleInTurn(HttpServerExchange exchange) {
    try {
      places.acquire();
      try {
        handle(exchange);
      } finally {
        places.release();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      exchange.endExchange();
    }
  }

  private void handle(HttpServerExchange exchange) {
    try {
      route(exchange);
    } catch (ProblemException e) {
      refuse(exchange, e);
    } catch (RequestTooBigException e) {
      Refusal.send(exchange, new AdminProblem.RequestTooLarge(exchange.getMaxEntitySize()));
    } catch (IOException | JacksonIOException e) {
      LOG.log(Level.INFO, "admin client went away: {0}", e.getMessage());
      exchange.endExchange();
    } catch (RuntimeException e) {
      String reference = UUID.randomUUID().toString();
      LOG.log(Level.ERROR, "admin request failed, reference " + reference, e);
      fail(exchange, new AdminProblem.Bug(reference));
    }
  }

  private static void refuse(HttpServerExchange exchange, ProblemException e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof RequestTooBigException) {
      fail(exchange, new AdminProblem.RequestTooLarge(exchange.getMaxEntitySize()));
    } else if (e.problem() instanceof GatewayProblem problem) {
      fail(exchange, problem);
    } else {
      throw e;
    }
  }

  private static void fail(HttpServerExchange exchange, GatewayProblem problem) {
    if (exchange.isResponseStarted()) {
      exchange.endExchange();
    } else {
      Refusal.send(exchange, problem);
    }
  }

  private void route(HttpServerExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + exchange.getRequestPath();
    switch (request) {
      case "GET /v1/state" -> answers.state(exchange);
      case "GET /v1/routes" -> answers.routes(exchange);
      case "GET /v1/instances" -> answers.instances(exchange, parameter(exchange, "cell"));
      case "GET /metrics" -> answers.metrics(exchange);
      case "PUT /v1/routes" -> {
        InputStream body = body(exchange, RouteJson.MAX_DOCUMENT_BYTES);
        Answers.version(exchange, parts.routes().put(TableReader.table(body)));
      }
      case "PATCH /v1/routes" -> {
        refuseWaiting(exchange);
        InputStream body = body(exchange, RouteJson.MAX_DOCUMENT_BYTES);
        Answers.version(exchange, parts.routes().patch(TableReader.update(body)));
      }
      case "POST /v1/tenants/query" ->
          answers.tenants(exchange, IdList.read(body(exchange, QUERY_BYTES), "ids"));
      case "POST /v1/stats" ->
          answers.stats(exchange, IdList.read(body(exchange, QUERY_BYTES), "tenants"));
      case String _ ->
          throw new ProblemException(
              new AdminProblem.PathUnknown(
                  exchange.getRequestMethod().toString(), exchange.getRequestPath()));
    }
  }

  private static InputStream body(HttpServerExchange exchange, long limit) {
    exchange.setMaxEntitySize(limit);
    exchange.startBlocking();
    return exchange.getInputStream();
  }

  private static void refuseWaiting(HttpServerExchange exchange) {
    String await = parameter(exchange, "awaitReady");
    if (!await.isEmpty() && !await.equals("false")) {
      throw new ProblemException(
          new AdminProblem.RequestWrong(
              "awaitReady is " + await,
              "The gateway never waits inside a change; ask GET /v1/instances until it is ready"));
    }
  }

  private static String parameter(HttpServerExchange exchange, String name) {
    Deque<String> values = exchange.getQueryParameters().get(name);
    return values == null || values.isEmpty() ? "" : values.getFirst();
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
