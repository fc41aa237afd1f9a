package tranche.drivers.gateway;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tranche.core.problem.ProblemException;
import tranche.core.secret.Secret;
import tranche.drivers.http.BoundedHttp.Answer;
import tranche.engine.delivery.DeliveryProblem.RouterUnreachable;
import tranche.engine.delivery.DeliveryProblem.StaleController;
import tranche.engine.journal.Fence;

/// The gateway's table: read, and changed by one versioned update at a time.
final class RouteTable implements AutoCloseable {
  private static final int ATTEMPTS = 4;
  private static final int OK = 200;
  private static final int OUTDATED = 409;
  private static final int SHOWN_CHARS = 300;

  private final ReentrantLock changing = new ReentrantLock();
  private final Supplier<URI> admin;
  private final AdminClient client;

  RouteTable(Supplier<URI> admin, Secret token) {
    this.admin = admin;
    this.client = new AdminClient(token);
  }

  /// The whole table as JSON.
  JsonNode table() throws InterruptedException {
    return read("GET", "/v1/routes", "", Function.identity());
  }

  /// One request that changes nothing.
  ///
  /// @throws ProblemException [RouterUnreachable]
  <T> T read(String method, String path, String body, Function<JsonNode, T> meaning)
      throws InterruptedException {
    Answer answer;
    try {
      answer = client.send(admin.get(), method, path, body);
    } catch (IOException e) {
      throw unreachable(method + " " + path, said(e), e);
    }
    if (answer.status() != OK) {
      throw unreachable(method + " " + path, said(answer), null);
    }
    try {
      return meaning.apply(AdminClient.json(answer));
    } catch (JacksonException | IllegalArgumentException | ClassCastException e) {
      throw unreachable(method + " " + path, "the answer is not understood", e);
    }
  }

  /// Changes the table depending on what it holds now; nothing is sent for an empty change.
  void change(Fence fence, Function<JsonNode, Optional<Update>> change)
      throws InterruptedException {
    change(fence, "/v1/routes", change);
  }

  /// Changes routes, whatever the table holds now.
  void changeRoutes(Fence fence, Update update) throws InterruptedException {
    change(fence, "/v1/state", _ -> Optional.of(update));
  }

  private void change(Fence fence, String read, Function<JsonNode, Optional<Update>> change)
      throws InterruptedException {
    changing.lockInterruptibly();
    try {
      String refused = "";
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        Planned planned =
            read("GET", read, "", now -> new Planned(TableVersion.of(now), change.apply(now)));
        if (planned.inForce.epoch() > fence.epoch()) {
          throw new StaleController("The gateway at " + admin.get(), fence.epoch()).exception();
        }
        if (planned.update.isEmpty()) {
          return;
        }
        ObjectNode body = Wire.update(planned.inForce.next(fence.epoch()));
        planned.update.get().writeTo(body);
        String answer = patch(body.toString());
        if (answer.isEmpty()) {
          return;
        }
        refused = answer;
      }
      throw unreachable("PATCH /v1/routes", ATTEMPTS + " attempts; the last: " + refused, null);
    } finally {
      changing.unlock();
    }
  }

  private record Planned(TableVersion inForce, Optional<Update> update) {}

  /// Sends a change.
  ///
  /// @return empty when it is in force, otherwise why it has to be tried again: somebody else was
  ///   faster, or nothing is known because the answer was lost
  private String patch(String body) throws InterruptedException {
    try {
      Answer answer = client.send(admin.get(), "PATCH", "/v1/routes", body);
      if (answer.status() == OK) {
        return "";
      }
      if (answer.status() == OUTDATED) {
        return said(answer);
      }
      throw unreachable("PATCH /v1/routes", said(answer), null);
    } catch (IOException e) {
      return said(e);
    }
  }

  private ProblemException unreachable(String request, String finding, @Nullable Throwable cause) {
    RouterUnreachable problem =
        new RouterUnreachable(admin.get().toString(), request + ": " + finding);
    return cause == null ? problem.exception() : new ProblemException(problem, cause);
  }

  private static String said(IOException e) {
    String name = e.getClass().getSimpleName();
    return e.getMessage() == null ? name : name + ": " + e.getMessage();
  }

  private static String said(Answer answer) {
    String text = answer.text().replaceAll("\\p{Cntrl}+", " ").strip();
    return "status "
        + answer.status()
        + ", "
        + (text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "…");
  }

  @Override
  public void close() {
    client.close();
  }
}
