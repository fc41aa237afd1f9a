package tranche.drivers.hook;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tranche.core.secret.Secret;
import tranche.drivers.http.BoundedHttp;
import tranche.engine.fanout.Hooks;

/// Posts what the event knows as one flat JSON object of texts. Any answer of 200 to 299 is fine;
/// redirects are not followed, and of the answer's body nothing is kept.
public final class HttpAction implements HookAction {
  private static final long MAX_BYTES = 64 * 1024;
  private static final JsonMapper JSON = new JsonMapper();

  private final URI url;
  private final Map<String, String> headers;
  private final Optional<Secret> token;

  /// @param token sent as a bearer token
  public HttpAction(URI url, Map<String, String> headers, Optional<Secret> token) {
    this.url = url;
    this.headers = Map.copyOf(headers);
    this.token = token;
  }

  @Override
  public void call(Hooks.Context context, Duration limit) throws HookFailure, InterruptedException {
    try (BoundedHttp http = new BoundedHttp(limit, MAX_BYTES)) {
      BoundedHttp.Answer answer = http.send(request(context, limit));
      if (answer.status() < 200 || answer.status() > 299) {
        throw new HookFailure(place() + " answered with status " + answer.status());
      }
    } catch (IOException e) {
      throw new HookFailure(place() + " gave no answer: " + e.getClass().getSimpleName(), e);
    }
  }

  private HttpRequest request(Hooks.Context context, Duration limit) {
    byte[] body = JSON.writeValueAsBytes(new TreeMap<>(context.values()));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(limit)
            .POST(BodyPublishers.ofByteArray(body))
            .header("Content-Type", "application/json");
    headers.forEach(request::header);
    token.ifPresent(t -> request.header("Authorization", "Bearer " + t.reveal()));
    return request.build();
  }

  // A path or a query may be as good as a password.
  private String place() {
    return url.getScheme() + "://" + url.getAuthority();
  }
}
