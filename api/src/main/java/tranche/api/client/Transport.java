package tranche.api.client;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import tools.jackson.core.JacksonException;
import tranche.api.Wire;
import tranche.api.problem.ProblemJson;
import tranche.core.problem.ProblemException;

/// Sends requests and turns whatever comes back into an answer or a problem.
final class Transport implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final long ANSWER_LIMIT = 64L * 1024 * 1024;
  private static final int SHOWN = 200;

  private final ClientSettings settings;
  private final HttpClient http;

  Transport(ClientSettings settings) {
    this.settings = settings;
    // Redirects are not followed: they would carry the token to wherever they point.
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  <T> T get(String path, Class<T> answer) {
    return send(request(path).timeout(settings.timeout()).GET().build(), answer);
  }

  <T> T post(String path, Optional<Object> body, Optional<String> key, Class<T> answer) {
    HttpRequest.Builder request =
        request(path)
            .timeout(settings.timeout())
            .header(Wire.KEY_HEADER, key.orElseGet(() -> UUID.randomUUID().toString()));
    if (body.isPresent()) {
      byte[] json = Wire.tolerant().writeValueAsBytes(body.get());
      request.header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(json));
    } else {
      request.POST(BodyPublishers.noBody());
    }
    return send(request.build(), answer);
  }

  /// Sends without waiting for the end of the answer.
  <T> CompletableFuture<HttpResponse<T>> open(
      String path, String accept, HttpResponse.BodyHandler<T> handler) {
    return http.sendAsync(request(path).setHeader("Accept", accept).GET().build(), handler);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(settings.at(Wire.BASE + path))
        .header("Accept", "application/json")
        .header("Authorization", "Bearer " + settings.token().reveal())
        .header(Wire.USER_HEADER, settings.user());
  }

  private <T> T send(HttpRequest request, Class<T> answer) {
    String what = request.method() + " " + request.uri().getPath();
    HttpResponse<String> response;
    try {
      var body = BodyHandlers.ofString(StandardCharsets.UTF_8);
      response = http.send(request, BodyHandlers.limiting(body, ANSWER_LIMIT));
    } catch (HttpTimeoutException e) {
      throw tooSlow(e, what);
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(new IOException("interrupted while waiting", e));
    }
    if (response.statusCode() / 100 != 2) {
      throw refused(response.statusCode(), response.body());
    }
    return read(response.body(), answer);
  }

  <T> T read(String json, Class<T> type) {
    try {
      return Wire.tolerant().readValue(json, type);
    } catch (JacksonException e) {
      throw new ProblemException(
          new ClientProblem.AnswerNotUnderstood(settings.server(), shortened(json)), e);
    }
  }

  /// What the server said instead of an answer.
  ProblemException refused(int status, String body) {
    try {
      ProblemJson problem = Wire.tolerant().readValue(body, ProblemJson.class);
      return new ProblemException(problem.problem());
    } catch (JacksonException e) {
      String said = "status " + status + " " + shortened(body);
      return new ProblemException(
          new ClientProblem.AnswerNotUnderstood(settings.server(), said.strip()), e);
    }
  }

  private ProblemException tooSlow(HttpTimeoutException cause, String request) {
    boolean isConnect = cause instanceof java.net.http.HttpConnectTimeoutException;
    return isConnect
        ? unreachable(cause)
        : new ProblemException(
            new ClientProblem.ServerTooSlow(settings.server(), request, settings.timeout()), cause);
  }

  ProblemException unreachable(Throwable cause) {
    return new ProblemException(
        new ClientProblem.ServerUnreachable(settings.server(), words(cause)), cause);
  }

  private static String words(Throwable cause) {
    for (Throwable c = cause; c != null; c = c.getCause()) {
      switch (c) {
        case java.net.http.HttpConnectTimeoutException _ -> {
          return "no connection within " + CONNECT_TIMEOUT.toSeconds() + " s";
        }
        case java.nio.channels.UnresolvedAddressException _ -> {
          return "the host name is not known";
        }
        default -> {}
      }
    }
    String message = cause.getMessage();
    return cause instanceof java.net.ConnectException && message == null
        ? "connection refused"
        : message == null ? cause.getClass().getSimpleName() : message;
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
