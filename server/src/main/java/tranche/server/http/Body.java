package tranche.server.http;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tranche.api.Wire;
import tranche.core.problem.ProblemException;

/// Reads a body into the record that its route expects.
final class Body {
  private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

  private Body() {}

  /// No body at all is read as one without members.
  ///
  /// @throws ProblemException [RequestProblem.BodyNotJson]
  static <T> T read(byte[] body, Class<T> type) {
    try {
      return Wire.strict().readValue(body.length == 0 ? NOTHING : body, type);
    } catch (JacksonException e) {
      throw new ProblemException(new RequestProblem.BodyNotJson(reason(e)), e);
    }
  }

  private static String reason(JacksonException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "member '" + RequestProblem.shown(unknown.getPropertyName()) + "' is not known";
    }
    if (e instanceof MismatchedInputException && !e.getPath().isEmpty()) {
      return "member '" + RequestProblem.shown(path(e)) + "' is missing or has another form";
    }
    TokenStreamLocation where = e.getLocation();
    return where == null
        ? "it is not JSON"
        : "it is not JSON at line " + where.getLineNr() + ", column " + where.getColumnNr();
  }

  private static String path(JacksonException e) {
    return e.getPath().stream()
        .map(r -> r.getPropertyName() == null ? "[" + r.getIndex() + "]" : r.getPropertyName())
        .collect(Collectors.joining("."));
  }
}
