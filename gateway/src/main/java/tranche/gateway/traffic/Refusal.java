package tranche.gateway.traffic;

import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.WorkerUtils;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tranche.gateway.problem.GatewayProblem;
import tranche.gateway.problem.TableProblem.TableOutdated;

/// Answers a request with a problem (RFC 9457, `application/problem+json`).
public final class Refusal {
  private static final JsonFactory JSON = new JsonFactory();

  /// A client that is still sending gets this long to read its answer before it is cut off.
  private static final long LINGER_MILLIS = 1_000;

  private Refusal() {}

  /// Sends the problem; the response must not have begun.
  public static void send(HttpServerExchange exchange, GatewayProblem problem) {
    exchange.setStatusCode(problem.status());
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/problem+json");
    exchange.getResponseHeaders().remove(HeaderRules.ARM);
    if (problem.status() == 503) {
      exchange.getResponseHeaders().put(Headers.RETRY_AFTER, "1");
    }
    if (!exchange.isRequestComplete()) {
      exchange.setPersistent(false);
    }
    byte[] body = body(problem);
    exchange.getResponseHeaders().put(Headers.CONTENT_LENGTH, body.length);
    exchange.getResponseSender().send(ByteBuffer.wrap(body), new Finish());
  }

  /// The problem as JSON.
  public static byte[] body(GatewayProblem problem) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("type", "urn:tranche:problem:" + problem.code());
      json.writeStringProperty("title", problem.what());
      json.writeNumberProperty("status", problem.status());
      json.writeStringProperty("detail", problem.why());
      json.writeStringProperty("code", problem.code());
      json.writeStringProperty("what", problem.what());
      json.writeStringProperty("why", problem.why());
      json.writeStringProperty("fix", problem.fix());
      extras(problem, json);
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private static void extras(GatewayProblem problem, JsonGenerator json) {
    if (problem instanceof TableOutdated outdated) {
      json.writeNumberProperty("epoch", outdated.epoch());
      json.writeNumberProperty("version", outdated.version());
    }
  }

  /// Ends the exchange, but not before a client that is still sending had the chance to read.
  private static final class Finish implements IoCallback {
    @Override
    public void onComplete(HttpServerExchange exchange, Sender sender) {
      if (!exchange.isRequestComplete()) {
        XnioExecutor.Key cut =
            WorkerUtils.executeAfter(
                exchange.getIoThread(),
                () -> IoUtils.safeClose(exchange.getConnection()),
                LINGER_MILLIS,
                TimeUnit.MILLISECONDS);
        exchange.addExchangeCompleteListener((_, next) -> {
          cut.remove();
          next.proceed();
        });
      }
      exchange.endExchange();
    }

    @Override
    public void onException(HttpServerExchange exchange, Sender sender, IOException e) {
      // The client is gone; there is nobody left to tell.
      IoUtils.safeClose(exchange.getConnection());
      exchange.endExchange();
    }
  }
}
