package tranche.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tranche.engine.request.IdempotencyKeys;
import tranche.engine.request.IdempotencyKeys.Answer;
import tranche.engine.request.IdempotencyKeys.Claim;

/// What every implementation of [IdempotencyKeys] does.
public abstract class IdempotencyKeysContract extends ControlContract {
  private static final Answer CREATED = new Answer(201, "{\"id\":\"r-1\"}");

  private IdempotencyKeys keys() {
    return ports().idempotencyKeys();
  }

  private UUID claimed(String key, String hash) {
    Claim claim = keys().claim(key, hash);
    assertThat(claim).isInstanceOf(Claim.Mine.class);
    return ((Claim.Mine) claim).token();
  }

  @Test
  void a_repeated_request_gets_the_first_answer() {
    UUID token = claimed("k", "h");

    assertThat(keys().finish("k", token, CREATED)).isTrue();

    assertThat(keys().claim("k", "h")).isEqualTo(new Claim.Answered(CREATED));
    assertThat(keys().claim("k", "h")).isEqualTo(new Claim.Answered(CREATED));
  }

  @Test
  void a_repetition_that_comes_too_early_is_told_so() {
    UUID _ = claimed("k", "h");

    assertThat(keys().claim("k", "h")).isEqualTo(new Claim.Underway());
  }

  @Test
  void a_key_that_was_used_for_another_request_is_a_conflict() {
    UUID token = claimed("k", "h");

    assertThat(keys().claim("k", "other")).isEqualTo(new Claim.Conflict());
    assertThat(keys().finish("k", token, CREATED)).isTrue();
    assertThat(keys().claim("k", "other")).isEqualTo(new Claim.Conflict());
  }

  @Test
  void an_abandoned_key_can_be_claimed_again() {
    UUID token = claimed("k", "h");
    keys().abandon("k", token);

    assertThat(claimed("k", "other")).isNotEqualTo(token);
  }

  @Test
  void what_was_answered_cannot_be_abandoned() {
    UUID token = claimed("k", "h");
    assertThat(keys().finish("k", token, CREATED)).isTrue();
    keys().abandon("k", token);

    assertThat(keys().finish("k", token, new Answer(500, ""))).isFalse();
    assertThat(keys().claim("k", "h")).isEqualTo(new Claim.Answered(CREATED));
  }

  @Test
  void the_claim_of_someone_who_died_passes_to_the_next() {
    UUID dead = claimed("k", "h");
    pass(IdempotencyKeys.PATIENCE.plusSeconds(1));
    assertThat(keys().claim("k", "other")).isEqualTo(new Claim.Conflict());
    UUID next = claimed("k", "h");

    assertThat(keys().finish("k", dead, new Answer(500, "late"))).isFalse();
    keys().abandon("k", dead);
    assertThat(keys().finish("k", next, CREATED)).isTrue();
    assertThat(keys().claim("k", "h")).isEqualTo(new Claim.Answered(CREATED));
  }

  @Test
  void an_answer_is_kept_for_a_day() {
    assertThat(keys().finish("k", claimed("k", "h"), CREATED)).isTrue();

    pass(IdempotencyKeys.KEPT.minusSeconds(60));
    assertThat(keys().claim("k", "h")).isEqualTo(new Claim.Answered(CREATED));
    pass(Duration.ofSeconds(61));
    UUID _ = claimed("k", "other");
  }

  @Test
  void more_old_answers_than_are_removed_at_once_do_not_come_back() {
    int many = IdempotencyKeys.PRUNED_AT_ONCE + 20;
    for (int i = 0; i < many; i++) {
      assertThat(keys().finish("k" + i, claimed("k" + i, "h"), CREATED)).isTrue();
    }
    pass(IdempotencyKeys.KEPT.plusSeconds(1));

    UUID _ = claimed("k" + (many - 1), "other");
    UUID _ = claimed("k0", "other");
  }

  @Test
  void of_many_claims_at_once_one_is_the_first() throws Exception {
    List<Callable<Claim>> claims = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      claims.add(() -> keys().claim("k", "h"));
    }
    List<Claim> found = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(6)) {
      for (Future<Claim> claim : threads.invokeAll(claims)) {
        found.add(claim.get());
      }
    }

    assertThat(found).filteredOn(c -> c instanceof Claim.Mine).hasSize(1);
    assertThat(found).filteredOn(c -> c instanceof Claim.Underway).hasSize(19);
  }

  @Test
  void keys_and_answers_have_bounds() {
    String tooLong = "k".repeat(IdempotencyKeys.KEY_LIMIT + 1);
    assertThatIllegalArgumentException().isThrownBy(() -> keys().claim("", "h"));
    assertThatIllegalArgumentException().isThrownBy(() -> keys().claim(tooLong, "h"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Answer(200, "x".repeat(IdempotencyKeys.BODY_LIMIT + 1)));
    assertThatIllegalArgumentException().isThrownBy(() -> new Answer(99, ""));
  }
}
