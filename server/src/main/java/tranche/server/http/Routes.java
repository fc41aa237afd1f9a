package tranche.server.http;

import io.javalin.config.JavalinConfig;
import java.util.List;
import java.util.Set;
import tranche.api.Wire;

/// Where routes are declared: each with its path below `/api/v1`, the query parameters it knows,
/// and what answers it.
public final class Routes {
  private static final int OK = 200;

  private final JavalinConfig config;
  private final Once once;
  private final List<Declared> declared;

  /// A route as declared.
  public record Declared(String method, String path, Set<String> query) {}

  /// Answers a question with a resource.
  @FunctionalInterface
  public interface Reading {
    /// The resource.
    Object answer(Ask ask);
  }

  /// Does what the body says and answers with a resource.
  @FunctionalInterface
  public interface Doing<B> {
    /// The resource.
    Object answer(Ask ask, B body);
  }

  /// Answers in its own way.
  @FunctionalInterface
  public interface Streaming {
    /// Writes the answer.
    void answer(Ask ask) throws java.io.IOException, InterruptedException;
  }

  /// Routes of that server; what changes something is done once for each key. What is declared is
  /// added to `declared`.
  public Routes(JavalinConfig config, Once once, List<Declared> declared) {
    this.config = config;
    this.once = once;
    this.declared = declared;
  }

  /// Something to read.
  public void get(String path, Set<String> query, Reading reading) {
    declared.add(new Declared("GET", path, query));
    config.routes.get(
        Wire.BASE + path,
        context -> Answer.of(OK, reading.answer(new Ask(context, query))).send(context));
  }

  /// Something to do. `status` is that of success.
  public <B> void post(String path, int status, Class<B> body, Doing<B> doing) {
    declared.add(new Declared("POST", path, Set.of()));
    config.routes.post(
        Wire.BASE + path,
        context -> {
          Ask ask = new Ask(context, Set.of());
          once.perform(ask, bytes -> Answer.of(status, doing.answer(ask, Body.read(bytes, body))));
        });
  }

  /// Something to read that is no JSON.
  public void stream(String path, Set<String> query, Streaming streaming) {
    declared.add(new Declared("GET", path, query));
    config.routes.get(Wire.BASE + path, context -> streaming.answer(new Ask(context, query)));
  }
}
