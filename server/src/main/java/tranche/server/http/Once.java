package tranche.server.http;

import static java.lang.System.Logger.Level.WARNING;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import tranche.api.Wire;
import tranche.engine.request.IdempotencyKeys;

/// Does a request that carries a key once, however often it is sent.
///
/// The key is claimed before anything is done and the answer stored after it. What is refused or
/// fails gives the claim back: nothing was done then, or doing it again finds that it was. If the
/// process dies in between, the claim runs out and the next caller does it again, which every
/// request bears: releases and plans are named by their content, and a rollout that runs keeps a
/// second from starting.
public final class Once {
  private static final System.Logger LOG = System.getLogger(Once.class.getName());
  private static final Pattern KEY =
      Pattern.compile("[\\x21-\\x7e]{1," + IdempotencyKeys.KEY_LIMIT + "}");
  private static final String REPLAYED = "Idempotency-Replayed";

  private final IdempotencyKeys keys;

  /// Remembers in that store.
  public Once(IdempotencyKeys keys) {
    this.keys = keys;
  }

  void perform(Ask ask, Function<byte[], Answer> doing) {
    byte[] body = ask.body();
    Optional<String> key = ask.header(Wire.KEY_HEADER);
    if (key.isEmpty()) {
      doing.apply(body).send(ask.context());
      return;
    }
    if (!KEY.matcher(key.get()).matches()) {
      throw new RequestProblem.ValueNotAllowed(
              Wire.KEY_HEADER, key.get(), "1 to 255 printable ASCII characters without spaces")
          .exception();
    }
    switch (keys.claim(key.get(), hash(ask, body))) {
      case IdempotencyKeys.Claim.Mine(var token) ->
          carryOut(key.get(), token, () -> doing.apply(body)).send(ask.context());
      case IdempotencyKeys.Claim.Answered(var answer) -> {
        ask.context().header(REPLAYED, "true");
        new Answer(answer.status(), answer.body()).send(ask.context());
      }
      case IdempotencyKeys.Claim.Underway _ ->
          throw new RequestProblem.RequestUnderWay(key.get()).exception();
      case IdempotencyKeys.Claim.Conflict _ ->
          throw new RequestProblem.KeyReused(key.get()).exception();
    }
  }

  private Answer carryOut(String key, UUID token, java.util.function.Supplier<Answer> doing) {
    Answer answer;
    try {
      answer = doing.get();
    } catch (RuntimeException e) {
      abandon(key, token, e);
      throw e;
    }
    finish(key, token, answer);
    return answer;
  }

  private void abandon(String key, UUID token, RuntimeException cause) {
    try {
      keys.abandon(key, token);
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  /// It is done by now: that its answer cannot be kept does not make it undone.
  private void finish(String key, UUID token, Answer answer) {
    if (answer.body().length() > IdempotencyKeys.BODY_LIMIT) {
      keys.abandon(key, token);
      return;
    }
    try {
      var kept = new IdempotencyKeys.Answer(answer.status(), answer.body());
      if (!keys.finish(key, token, kept)) {
        LOG.log(WARNING, "a request took so long that its idempotency key ran out");
      }
    } catch (RuntimeException e) {
      LOG.log(WARNING, "the answer to an idempotency key could not be kept", e);
    }
  }

  private static String hash(Ask ask, byte[] body) {
    MessageDigest sha;
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    sha.update((ask.line() + "\n" + ask.by() + "\n").getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(sha.digest(body));
  }
}
