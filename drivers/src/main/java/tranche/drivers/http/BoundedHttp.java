package tranche.drivers.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// An HTTP/1.1 client that always comes back: an exchange has one limit for everything from
/// connecting to the last byte, and answers have a greatest size. It follows no redirects and uses
/// no proxy.
public final class BoundedHttp implements AutoCloseable {
  /// What came back, its body read as UTF-8.
  public record Answer(int status, String text) {}

  private final HttpClient client;
  private final Duration limit;
  private final long maxBytes;

  /// @param limit for a whole exchange
  /// @param maxBytes of an answer's body
  public BoundedHttp(Duration limit, long maxBytes) {
    this.limit = limit;
    this.maxBytes = maxBytes;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(limit)
            .build();
  }

  /// Sends a request and reads the whole answer.
  ///
  /// @throws IOException if there is no whole answer within the limits
  public Answer send(HttpRequest request) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxBytes));
    try {
      HttpResponse<byte[]> response = exchange.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
    } catch (TimeoutException e) {
      HttpTimeoutException late =
          new HttpTimeoutException("no answer within " + limit.toMillis() + " ms");
      late.initCause(e);
      throw late;
    } catch (ExecutionException e) {
      throw asIoException(e.getCause());
    } finally {
      // Does nothing after an answer; otherwise it gives the connection up.
      exchange.cancel(true);
    }
  }

  private static IOException asIoException(@Nullable Throwable cause) {
    return switch (cause) {
      case IOException e -> e;
      case Error e -> throw e;
      case null -> new IOException("the exchange failed");
      case Throwable other -> new IOException(other.getMessage(), other);
    };
  }

  /// Ends all exchanges.
  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
