package tranche.engine.request;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

/// Remembers what was answered to a request, by the key that the caller chose for it, for 24 hours.
///
/// Answers are stored as they are: an answer that carries a secret must not be finished here, but
/// abandoned.
public interface IdempotencyKeys {
  /// How long an answer is kept.
  Duration KEPT = Duration.ofHours(24);

  /// How long a claim without an answer stands. After that whoever claimed it is taken for dead,
  /// and the next caller may claim the key.
  Duration PATIENCE = Duration.ofMinutes(2);

  /// How many answers that are too old one claim removes at most.
  int PRUNED_AT_ONCE = 100;

  /// The longest key, in characters.
  int KEY_LIMIT = 255;

  /// The longest body, in characters.
  int BODY_LIMIT = 1_000_000;

  /// Claims a key for a request.
  ///
  /// @param key what the caller sent, 1 to [#KEY_LIMIT] characters
  /// @param requestHash a hash of everything that makes the request what it is
  Claim claim(String key, String requestHash);

  /// Stores the answer to a claimed request.
  ///
  /// @return false if the claim no longer stands; nothing is stored then
  boolean finish(String key, UUID token, Answer answer);

  /// Gives a claim back because nothing was done; the next caller with that key is the first. Does
  /// nothing if the claim no longer stands.
  void abandon(String key, UUID token);

  /// What a claim found.
  sealed interface Claim {
    /// The caller is the first: do it, then finish or abandon with this token.
    record Mine(UUID token) implements Claim {}

    /// It was done before; this was the answer.
    record Answered(Answer answer) implements Claim {}

    /// Another caller is at it.
    record Underway() implements Claim {}

    /// The key was used for another request.
    record Conflict() implements Claim {}
  }

  /// An answer: HTTP status and body.
  record Answer(int status, String body) {
    public Answer {
      Objects.requireNonNull(body);
      if (status < 100 || status > 599) {
        throw new IllegalArgumentException("status " + status);
      }
      if (body.length() > BODY_LIMIT) {
        throw new IllegalArgumentException("an answer of " + body.length() + " characters");
      }
    }
  }
}
