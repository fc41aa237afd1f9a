package issuetracker.load;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;

/// Sends one request, once, over real HTTP.
final class Sender implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int USERS = 50;

  static {
    // The JDK's client repeats a request by itself in two cases: when it cannot connect, and when
    // an idle
    // connection turns out to be closed while an idempotent request is sent on it. Both would hide
    // a
    // failure from the count. Read once by the client's classes, so set before the first is loaded.
    System.setProperty("jdk.httpclient.disableRetryConnect", "true");
    System.setProperty("jdk.httpclient.redirects.retrylimit", "1");
    // Idle connections are given up by this side, well before the gateway would close them.
    System.setProperty("jdk.httpclient.keepalive.timeout", "20");
  }

  private final URI base;
  private final Answers answers = new Answers();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  Sender(URI base) {
    this.base = base;
  }

  /// Sends the request and judges the answer.
  Outcome send(Call call) throws InterruptedException {
    try {
      return answers.judge(
          call, client.send(request(call), HttpResponse.BodyHandlers.ofByteArray()));
    } catch (HttpConnectTimeoutException e) {
      return failed("connect timeout");
    } catch (HttpTimeoutException e) {
      return failed("timeout");
    } catch (ConnectException e) {
      return failed("connection refused");
    } catch (IOException e) {
      return failed("connection lost");
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private HttpRequest request(Call call) {
    HttpRequest.BodyPublisher body =
        call.body().isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(call.body());
    return HttpRequest.newBuilder(URI.create(base + call.path()))
        .method(call.method(), body)
        .timeout(TIMEOUT)
        .header("X-Tenant", call.tenant())
        .header("X-User", "u" + call.sequence() % USERS)
        .header("Content-Type", "application/json")
        .build();
  }

  private static Outcome failed(String cause) {
    return new Outcome.Failed(cause, Optional.empty());
  }
}
