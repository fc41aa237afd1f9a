package tranche.server.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tranche.api.problem.RecordedJson;
import tranche.api.rollout.EventJson.Detail;
import tranche.api.rollout.EventJson.VerdictJson;

/// Collects what an entry says besides its sentence.
final class DetailBuilder {
  private static final int SHOWN = 100;

  private Optional<String> step = Optional.empty();
  private Optional<String> kind = Optional.empty();
  private Optional<String> subject = Optional.empty();
  private Optional<Integer> attempt = Optional.empty();
  private Optional<String> tenant = Optional.empty();
  private List<String> tenants = List.of();
  private Optional<Integer> count = Optional.empty();
  private Optional<String> by = Optional.empty();
  private Optional<String> reason = Optional.empty();
  private Optional<String> plan = Optional.empty();
  private Optional<RecordedJson> problem = Optional.empty();
  private Optional<Boolean> again = Optional.empty();
  private Optional<Instant> until = Optional.empty();
  private Optional<VerdictJson> verdict = Optional.empty();
  private Optional<String> ending = Optional.empty();

  DetailBuilder step(String value) {
    step = Optional.of(value);
    return this;
  }

  DetailBuilder kind(String value) {
    kind = Optional.of(value);
    return this;
  }

  DetailBuilder subject(String value) {
    subject = Optional.of(value);
    return this;
  }

  DetailBuilder attempt(int value) {
    attempt = Optional.of(value);
    return this;
  }

  DetailBuilder tenant(String value) {
    tenant = Optional.of(value);
    return this;
  }

  /// The first hundred of them, and how many they are.
  DetailBuilder tenants(List<String> values) {
    tenants = values.stream().limit(SHOWN).toList();
    return count(values.size());
  }

  DetailBuilder count(int value) {
    count = Optional.of(value);
    return this;
  }

  DetailBuilder by(String value) {
    by = Optional.of(value);
    return this;
  }

  DetailBuilder reason(String value) {
    reason = Optional.of(value);
    return this;
  }

  DetailBuilder plan(String value) {
    plan = Optional.of(value);
    return this;
  }

  DetailBuilder problem(RecordedJson value) {
    problem = Optional.of(value);
    return this;
  }

  DetailBuilder again(boolean value) {
    again = Optional.of(value);
    return this;
  }

  DetailBuilder until(Instant value) {
    until = Optional.of(value);
    return this;
  }

  DetailBuilder verdict(VerdictJson value) {
    verdict = Optional.of(value);
    return this;
  }

  DetailBuilder ending(String value) {
    ending = Optional.of(value);
    return this;
  }

  Detail build() {
    return new Detail(
        step, kind, subject, attempt, tenant, tenants, count, by, reason, plan, problem, again,
        until, verdict, ending);
  }
}
