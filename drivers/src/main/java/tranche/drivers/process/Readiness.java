package tranche.drivers.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;

/// What an instance says when it is asked whether it can serve.
sealed interface Readiness {
  /// It answered 200.
  record Ready() implements Readiness {}

  /// It did not, and what came instead.
  record NotReady(String seen) implements Readiness {}

  /// One request for the ready path.
  ///
  /// @param limitMillis for connecting and for the answer, each
  static Readiness ask(InstanceRecord record, int limitMillis) {
    try {
      URI address =
          new URI("http://" + InstanceRecord.HOST + ":" + record.port() + record.readyPath());
      HttpURLConnection request =
          (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
      request.setConnectTimeout(limitMillis);
      request.setReadTimeout(limitMillis);
      request.setInstanceFollowRedirects(false);
      request.setUseCaches(false);
      request.setRequestProperty("Connection", "close");
      try {
        int status = request.getResponseCode();
        return status == HttpURLConnection.HTTP_OK
            ? new Ready()
            : new NotReady("status " + status + " from " + record.readyPath());
      } finally {
        request.disconnect();
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      return new NotReady(record.readyPath() + " is no path that can be asked: " + e.getMessage());
    } catch (IOException e) {
      return new NotReady(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }
}
