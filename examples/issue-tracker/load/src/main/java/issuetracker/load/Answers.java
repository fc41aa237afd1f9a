package issuetracker.load;

import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Judges an answer: the status, and whether all of it is for the tenant that asked. Issues that a
/// load generator made carry their tenant in the title, so even a row whose `tenant` lies is found.
final class Answers {
  private static final Pattern MADE_BY_LOAD = Pattern.compile("(?:load|seed) [0-9]+ for (.+)");

  private final JsonMapper mapper = new JsonMapper();

  Outcome judge(Call call, HttpResponse<byte[]> response) {
    Optional<String> release = response.headers().firstValue("X-Release");
    Optional<String> named = response.headers().firstValue("X-Tenant");
    if (named.isPresent() && !named.get().equals(call.tenant())) {
      return new Outcome.WrongTenant("the header names another tenant", release);
    }
    if (!isExpected(call, response.statusCode())) {
      return new Outcome.Failed("status " + response.statusCode(), release);
    }
    if (named.isEmpty()) {
      return new Outcome.Failed("the answer names no tenant", release);
    }
    return judgeBody(call, response.body(), release);
  }

  private static boolean isExpected(Call call, int status) {
    return switch (call) {
      case Call.Create _ -> status == 201 || status == 200;
      case Call.ListNewest _, Call.Change _ -> status == 200;
    };
  }

  private Outcome judgeBody(Call call, byte[] body, Optional<String> release) {
    try {
      JsonNode json = mapper.readTree(body);
      Optional<String> wrong = wrong(call, json);
      for (JsonNode issue : json.path("issues")) {
        wrong = wrong.or(() -> wrong(call, issue));
      }
      return wrong
          .<Outcome>map(cause -> new Outcome.WrongTenant(cause, release))
          .orElseGet(() -> new Outcome.Ok(release));
    } catch (JacksonException e) {
      return new Outcome.Failed("the answer is not JSON", release);
    }
  }

  private static Optional<String> wrong(Call call, JsonNode entity) {
    if (!entity.path("tenant").asString("").equals(call.tenant())) {
      return Optional.of("the body names another tenant");
    }
    Matcher title = MADE_BY_LOAD.matcher(entity.path("title").asString(""));
    boolean foreign = title.matches() && !title.group(1).equals(call.tenant());
    return foreign ? Optional.of("an issue of another tenant was answered") : Optional.empty();
  }
}
