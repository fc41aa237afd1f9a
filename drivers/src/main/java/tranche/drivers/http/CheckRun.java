package tranche.drivers.http;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tranche.core.verify.Check;
import tranche.drivers.http.BoundedHttp.Answer;

/// Runs the checks of one tenant, one after the other, over the same placeholders.
///
/// @param entry headers that lead the request to the tenant and arm; a check cannot replace them
record CheckRun(BoundedHttp http, URI front, Map<String, String> entry, Placeholders names) {
  static final String PREVIEW_TOKEN = "X-Tranche-Preview";

  private static final int SHOWN_CHARS = 200;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  /// @throws CheckFinding if the answer is not the expected one or there is none
  void run(Check check) throws CheckFinding, InterruptedException {
    Answer answer = ask(check.request());
    if (answer.status() != check.expect().status()) {
      throw new CheckFinding(
          "status " + answer.status() + " instead of " + check.expect().status() + shown(answer));
    }
    if (check.expect().json().isEmpty() && check.capture().isEmpty()) {
      return;
    }
    JsonNode body = json(answer);
    for (var expected : check.expect().json().entrySet()) {
      compare(body, expected.getKey(), names.inText(expected.getValue()), answer);
    }
    for (var captured : check.capture().entrySet()) {
      names.capture(captured.getKey(), scalar(body, captured.getValue(), answer));
    }
  }

  private Answer ask(Check.Request request) throws CheckFinding, InterruptedException {
    try {
      return http.send(built(request));
    } catch (IOException e) {
      throw new CheckFinding(
          "no answer to " + request.method() + " " + request.path() + ": " + said(e), e);
    }
  }

  private HttpRequest built(Check.Request request) throws CheckFinding {
    try {
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(at(names.inPath(request.path())))
              .method(request.method(), body(request));
      if (request.body().isPresent()) {
        builder.setHeader("Content-Type", "application/json");
      }
      for (var header : request.headers().entrySet()) {
        builder.setHeader(header.getKey(), names.inText(header.getValue()));
      }
      entry.forEach(builder::setHeader);
      return builder.build();
    } catch (IllegalArgumentException | URISyntaxException e) {
      throw new CheckFinding("this request cannot be sent: " + e.getMessage(), e);
    }
  }

  private URI at(String path) throws URISyntaxException, CheckFinding {
    if (!path.startsWith("/")) {
      throw new CheckFinding("the path " + path + " does not begin with /");
    }
    return new URI(front.getScheme() + "://" + front.getRawAuthority() + path);
  }

  private BodyPublisher body(Check.Request request) throws CheckFinding {
    return request.body().isPresent()
        ? BodyPublishers.ofString(names.inJson(request.body().get()))
        : BodyPublishers.noBody();
  }

  private JsonNode json(Answer answer) throws CheckFinding {
    try {
      return JSON.readTree(answer.text());
    } catch (JacksonException e) {
      throw new CheckFinding(
          "status " + answer.status() + " with a body that is not JSON" + shown(answer), e);
    }
  }

  private void compare(JsonNode body, String pointer, String expected, Answer answer)
      throws CheckFinding {
    JsonNode found = at(body, pointer);
    if (found.isMissingNode()) {
      throw new CheckFinding("there is nothing at " + pointer + shown(answer));
    }
    String value = form(found);
    if (!value.equals(expected)) {
      throw new CheckFinding(
          pointer + " is '" + cut(value) + "' instead of '" + cut(expected) + "'" + shown(answer));
    }
  }

  private String scalar(JsonNode body, String pointer, Answer answer) throws CheckFinding {
    JsonNode found = at(body, pointer);
    if (found.isString() || found.isNumber() || found.isBoolean()) {
      return form(found);
    }
    throw new CheckFinding("there is no value to capture at " + pointer + shown(answer));
  }

  private static JsonNode at(JsonNode body, String pointer) throws CheckFinding {
    try {
      return body.at(JsonPointer.compile(pointer));
    } catch (IllegalArgumentException e) {
      throw new CheckFinding("'" + pointer + "' is no JSON pointer (RFC 6901)", e);
    }
  }

  private static String form(JsonNode node) {
    return node.isString() ? node.stringValue() : node.toString();
  }

  private String shown(Answer answer) {
    return answer.text().isEmpty() ? "" : "; body: " + cut(answer.text());
  }

  private String cut(String text) {
    String token = entry.getOrDefault(PREVIEW_TOKEN, "");
    String safe = token.isEmpty() ? text : text.replace(token, "••••");
    String plain = safe.replaceAll("\\p{Cntrl}+", " ").strip();
    return plain.length() <= SHOWN_CHARS ? plain : plain.substring(0, SHOWN_CHARS) + "…";
  }

  private String said(IOException e) {
    String name = e.getClass().getSimpleName();
    return e.getMessage() == null ? name : name + ": " + cut(e.getMessage());
  }
}
