package tranche.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A request that is sent twice is done once.
class IdempotencyTest {
  private static final String FOLDER = "{\"folder\":\"/releases/2026.10\"}";
  private TestPlane test;

  @BeforeEach
  void start() {
    test = new TestPlane();
  }

  @AfterEach
  void stop() {
    test.close();
  }

  private Raw raw(String key) {
    return new Raw(test.server.port()).with("Idempotency-Key", key);
  }

  private String plan() throws IOException {
    assertThat(raw("release").post("/api/v1/releases", FOLDER).status()).isEqualTo(201);
    Raw.Answer plan = raw("plan").post("/api/v1/plans", "{\"to\":\"2026.10\"}");
    return "{\"plan\":\"" + plan.json().path("id").asString() + "\"}";
  }

  @Test
  void the_same_key_and_body_give_the_first_answer_again() throws IOException {
    String start = plan();
    Raw.Answer first = raw("k").post("/api/v1/rollouts", start);
    Raw.Answer again = raw("k").post("/api/v1/rollouts", start);

    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(first.headers()).doesNotContainKey("Idempotency-Replayed");
    assertThat(again.headers()).containsEntry("Idempotency-Replayed", "true");
    assertThat(test.client.rollouts(10)).hasSize(1);
  }

  @Test
  void the_same_key_for_another_request_is_refused() throws IOException {
    assertThat(raw("k").post("/api/v1/releases", FOLDER).status()).isEqualTo(201);

    Raw.Answer other = raw("k").post("/api/v1/releases", FOLDER.replace("10", "11"));
    Raw.Answer elsewhere = raw("k").post("/api/v1/plans", FOLDER);
    Raw.Answer somebody = raw("k").with("X-Tranche-User", "olga").post("/api/v1/releases", FOLDER);

    assertThat(Stream.of(other, elsewhere, somebody))
        .allSatisfy(a -> {
          assertThat(a.status()).isEqualTo(409);
          assertThat(a.code()).isEqualTo("idempotency-key-reused");
        });
    assertThat(test.client.releases()).hasSize(1);
  }

  @Test
  void what_was_refused_is_not_kept() throws IOException {
    String plan = "{\"to\":\"2026.10\"}";
    assertThat(raw("k").post("/api/v1/plans", plan).status()).isEqualTo(404);
    assertThat(raw("release").post("/api/v1/releases", FOLDER).status()).isEqualTo(201);

    assertThat(raw("k").post("/api/v1/plans", plan).status()).isEqualTo(201);
  }

  @Test
  void many_at_once_with_one_key_start_one_rollout()
      throws IOException, InterruptedException, ExecutionException {
    String start = plan();
    Callable<Raw.Answer> send = () -> raw("k").post("/api/v1/rollouts", start);
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Raw.Answer>> answers = senders.invokeAll(java.util.Collections.nCopies(20, send));
      for (Future<Raw.Answer> answer : answers) {
        assertThat(answer.get().status()).isIn(201, 409);
        if (answer.get().status() == 409) {
          assertThat(answer.get().code()).isEqualTo("request-under-way");
        }
      }
    }
    assertThat(raw("k").post("/api/v1/rollouts", start).status()).isEqualTo(201);
    assertThat(test.client.rollouts(10)).hasSize(1);
  }

  @Test
  void a_key_that_cannot_be_one_is_refused() throws IOException {
    assertThat(raw("a b").post("/api/v1/releases", FOLDER).code()).isEqualTo("value-not-allowed");
    assertThat(raw("x".repeat(256)).post("/api/v1/releases", FOLDER).code())
        .isEqualTo("value-not-allowed");
    assertThat(raw("x".repeat(255)).post("/api/v1/releases", FOLDER).status()).isEqualTo(201);
  }

  @Test
  void the_client_repeats_a_request_under_its_own_key() throws IOException {
    String start = plan();
    var keyed = test.client.withIdempotencyKey("mine");
    String plan = start.substring(9, 16);

    assertThat(keyed.start(plan)).isEqualTo(keyed.start(plan));
  }
}
