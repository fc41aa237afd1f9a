package tranche.server.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tranche.api.Wire;

/// A request, every part of it checked as it is read.
public final class Ask {
  /// How large a body may be, in bytes.
  static final int BODY_LIMIT = 256 * 1024;

  private static final int VALUE_LIMIT = 200;
  private static final Pattern LABEL = Pattern.compile("[\\x20-\\x7e]{1,64}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private final Context context;

  Ask(Context context, Set<String> allowed) {
    this.context = context;
    for (String name : context.queryParamMap().keySet()) {
      if (!allowed.contains(name)) {
        String known =
            allowed.isEmpty() ? "none" : String.join(", ", allowed.stream().sorted().toList());
        throw notAllowed(
            "query parameter " + RequestProblem.shown(name), "", "known are: " + known);
      }
    }
  }

  /// A part of the path.
  public String path(String name) {
    return context.pathParam(name);
  }

  /// A query parameter, given at most once.
  ///
  /// @throws tranche.core.problem.ProblemException [RequestProblem.ValueNotAllowed]
  public Optional<String> query(String name) {
    List<String> values = context.queryParams(name);
    if (values.isEmpty() || values.getFirst().isEmpty()) {
      return Optional.empty();
    }
    String value = values.getFirst();
    if (values.size() > 1) {
      throw notAllowed(name, value, "given once");
    }
    if (value.length() > VALUE_LIMIT || value.chars().anyMatch(Character::isISOControl)) {
      throw notAllowed(
          name, value, "1 to " + VALUE_LIMIT + " characters without control characters");
    }
    return Optional.of(value);
  }

  /// A query parameter that is a whole number from `least` to `most`.
  ///
  /// @throws tranche.core.problem.ProblemException [RequestProblem.ValueNotAllowed]
  public Optional<Long> number(String name, long least, long most) {
    return query(name).map(text -> number(name, text, least, most));
  }

  private static long number(String name, String text, long least, long most) {
    long number = NUMBER.matcher(text).matches() ? Long.parseLong(text) : -1;
    if (number < least || number > most) {
      throw notAllowed(name, text, "a whole number from " + least + " to " + most);
    }
    return number;
  }

  /// How many items are asked for.
  ///
  /// @throws tranche.core.problem.ProblemException [RequestProblem.ValueNotAllowed]
  public int limit(int unlessSaid, int most) {
    return number("limit", 1, most).map(Math::toIntExact).orElse(unlessSaid);
  }

  /// After which sequence number to begin; 0 if nobody says.
  ///
  /// @throws tranche.core.problem.ProblemException [RequestProblem.ValueNotAllowed]
  public long after() {
    return number("after", 0, Long.MAX_VALUE).orElse(0L);
  }

  /// The sequence number that a reader of a stream has seen last, as its header says; else
  /// [#after()].
  ///
  /// @throws tranche.core.problem.ProblemException [RequestProblem.ValueNotAllowed]
  public long lastEventId() {
    return header("Last-Event-ID")
        .map(text -> number("Last-Event-ID", text, 0, Long.MAX_VALUE))
        .orElseGet(this::after);
  }

  /// For whom this is asked: a label, not an identity.
  ///
  /// @throws tranche.core.problem.ProblemException [RequestProblem.ValueNotAllowed]
  public String by() {
    String label = header(Wire.USER_HEADER).orElse("operator");
    if (!LABEL.matcher(label).matches() || label.isBlank()) {
      throw notAllowed(Wire.USER_HEADER, label, "1 to 64 printable ASCII characters");
    }
    return label;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(context.header(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /// The Javalin context, for what does not fit into an answer: the stream.
  public Context context() {
    return context;
  }

  /// What was asked, without the query, as it stands in the log.
  String line() {
    HandlerType method = context.method();
    return method.name() + " " + RequestProblem.shown(context.path());
  }

  /// The whole body; empty if there is none.
  ///
  /// @throws tranche.core.problem.ProblemException [RequestProblem.BodyTooLarge],
  ///   [RequestProblem.BodyNotJson]
  byte[] body() {
    byte[] bytes = readBody();
    if (bytes.length > BODY_LIMIT) {
      throw new RequestProblem.BodyTooLarge(BODY_LIMIT / 1024).exception();
    }
    String type = header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    boolean isJson = type.equals("application/json") || type.startsWith("application/json;");
    if (bytes.length > 0 && !isJson) {
      throw new RequestProblem.BodyNotJson(
              "its Content-Type is '" + RequestProblem.shown(type) + "'")
          .exception();
    }
    return bytes;
  }

  private byte[] readBody() {
    if (context.req().getContentLengthLong() > BODY_LIMIT) {
      throw new RequestProblem.BodyTooLarge(BODY_LIMIT / 1024).exception();
    }
    try (InputStream in = context.req().getInputStream()) {
      return in.readNBytes(BODY_LIMIT + 1);
    } catch (IOException e) {
      throw new UncheckedIOException("the body of " + line() + " broke off", e);
    }
  }

  private static RuntimeException notAllowed(String name, String value, String allowed) {
    return new RequestProblem.ValueNotAllowed(name, value, allowed).exception();
  }
}
