package tranche.e2e.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Every route of the API that can be read, as the control plane's own document lists them.
final class Api {
  private static final Pattern ROUTE =
      Pattern.compile("(?m)^  (/[^:\\n]*):\\n(?:    parameters:\\n(?:      .*\\n)+)?    get:");

  private final String root;
  private final String token;

  /// The API of the control plane that runs on a data folder.
  Api(Path data) throws IOException {
    String control = Files.readString(data.resolve("control.json"));
    this.root = control.replaceFirst("(?s).*\"url\":\"([^\"]+)\".*", "$1") + "/api/v1";
    this.token = Files.readString(data.resolve("token")).strip();
  }

  /// Reads all routes, with those names for `{tenant}` and the like.
  ///
  /// @param lastEvent where the event stream is read up to
  void readAll(Evidence evidence, Map<String, String> names, long lastEvent) throws Exception {
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
      for (String route : routes(http)) {
        String path = route;
        for (Map.Entry<String, String> name : names.entrySet()) {
          path = path.replace("{" + name.getKey() + "}", name.getValue());
        }
        assertThat(path).doesNotContain("{");
        HttpResponse<InputStream> response = get(http, path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        evidence.add("GET " + path, response.headers().map().toString());
        evidence.add("GET " + path, body(response, route.equals("/events"), lastEvent));
      }
    }
  }

  private List<String> routes(HttpClient http) throws Exception {
    String document =
        new String(get(http, "/openapi.yaml").body().readAllBytes(), StandardCharsets.UTF_8);
    List<String> routes = ROUTE.matcher(document).results().map(r -> r.group(1)).toList();
    Matcher gets = Pattern.compile("(?m)^    get:").matcher(document);
    assertThat(routes).hasSize((int) gets.results().count());
    return routes;
  }

  private HttpResponse<InputStream> get(HttpClient http, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(root + path))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + token)
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
  }

  /// The stream does not end by itself: it is read up to the last event that is known.
  private static String body(HttpResponse<InputStream> response, boolean isStream, long lastEvent)
      throws IOException {
    try (InputStream in = response.body()) {
      if (!isStream) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      StringBuilder text = new StringBuilder();
      String line = lines.readLine();
      while (line != null && !line.equals("id: " + lastEvent)) {
        text.append(line).append('\n');
        line = lines.readLine();
      }
      return text.append(lines.readLine()).append(lines.readLine()).toString();
    }
  }
}
