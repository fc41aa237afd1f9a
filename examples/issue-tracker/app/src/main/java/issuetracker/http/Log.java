package issuetracker.http;

import issuetracker.json.Json;
import issuetracker.json.JsonObject;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;

/// One JSON object per line on standard output. Nothing from a request's body, no parameter of a
/// statement and no part of the instance file's logins is ever handed to it.
public final class Log {
  private static final int MAX_FRAMES = 16;

  private final PrintStream out;

  /// A log that prints to this stream.
  public Log(PrintStream out) {
    this.out = out;
  }

  /// Something that happened, with details in the given order.
  public void info(String event, JsonObject details) {
    line("info", event, details);
  }

  /// Something that somebody should look at.
  public void error(String event, JsonObject details, Throwable cause) {
    Throwable root = root(cause);
    line(
        "error",
        event,
        details
            .put("cause", root.getClass().getName())
            .put("message", String.valueOf(root.getMessage()))
            .put("at", frames(root)));
  }

  /// A line of a library, at its own level.
  public void library(String level, String logger, String message) {
    line(level, "library", new JsonObject().put("logger", logger).put("message", message));
  }

  private void line(String level, String event, JsonObject details) {
    JsonObject line =
        new JsonObject().put("time", Instant.now()).put("level", level).put("event", event);
    details.names().forEach(name -> line.put(name, details.value(name)));
    // One call for the whole line: lines of different threads do not mix.
    out.println(new String(Json.write(line), StandardCharsets.UTF_8));
  }

  private static Throwable root(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; depth < MAX_FRAMES && cause.getCause() != null; depth++) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String frames(Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .limit(MAX_FRAMES)
        .map(StackTraceElement::toString)
        .collect(Collectors.joining(" < "));
  }
}
