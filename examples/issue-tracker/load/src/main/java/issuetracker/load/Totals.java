package issuetracker.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Everything counted since the start. At any time `sent` is `ok` + `failed` + `wrongTenant` +
/// `inFlight`.
final class Totals {
  private static final int MAX_FAILURES = 100;
  private static final int MAX_SECONDS = 600;

  private final JsonMapper mapper = new JsonMapper();
  private final Instant started = Instant.now();
  private final Latencies latencies = new Latencies();
  private final Tally all = new Tally();
  private final Map<String, Long> failedByCause = new TreeMap<>();
  private final Map<String, Long> byRelease = new TreeMap<>();
  private final Map<String, Long> failedByRelease = new TreeMap<>();
  private final TreeMap<Long, Tally> seconds = new TreeMap<>();
  private final Deque<Failure> failures = new ArrayDeque<>();
  private long sent;

  private static final class Tally {
    private long ok;
    private long failed;
    private long wrongTenant;
  }

  private record Failure(Instant time, Call call, String cause, Optional<String> release) {}

  /// Counts a request that is on its way.
  synchronized void sent() {
    sent++;
  }

  /// Counts what came of it.
  ///
  /// @param took from when the request was due, so that waiting to be sent counts too
  void done(Call call, Outcome outcome, Duration took) {
    latencies.add(took.toNanos());
    record(call, outcome, Instant.now());
  }

  /// Failed and wrong-tenant answers so far.
  synchronized long bad() {
    return all.failed + all.wrongTenant;
  }

  /// One line for people.
  synchronized String summary() {
    Latencies.Percentiles times = latencies.percentiles();
    return "sent %d, ok %d, failed %d, wrong tenant %d, p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, max %.1f ms"
        .formatted(
            sent,
            all.ok,
            all.failed,
            all.wrongTenant,
            times.p50(),
            times.p95(),
            times.p99(),
            times.max());
  }

  /// The report file's content.
  synchronized byte[] report(boolean finished) {
    ObjectNode report = mapper.createObjectNode();
    report.put("started", started.toString());
    report.put("updated", Instant.now().toString());
    report.put("finished", finished);
    report.put("sent", sent);
    put(report, all);
    report.put("inFlight", sent - all.ok - all.failed - all.wrongTenant);
    failedByCause.forEach(report.putObject("failedByCause")::put);
    byRelease.forEach(report.putObject("byRelease")::put);
    failedByRelease.forEach(report.putObject("failedByRelease")::put);
    Latencies.Percentiles times = latencies.percentiles();
    report
        .putObject("latencyMillis")
        .put("p50", times.p50())
        .put("p95", times.p95())
        .put("p99", times.p99())
        .put("max", times.max());
    putSeconds(report.putArray("perSecond"));
    putFailures(report.putArray("failures"));
    return mapper.writeValueAsBytes(report);
  }

  private synchronized void record(Call call, Outcome outcome, Instant now) {
    Tally second = seconds.computeIfAbsent(now.getEpochSecond(), _ -> new Tally());
    if (seconds.size() > MAX_SECONDS) {
      seconds.pollFirstEntry();
    }
    outcome.release().ifPresent(release -> byRelease.merge(release, 1L, Long::sum));
    switch (outcome) {
      case Outcome.Ok _ -> {
        all.ok++;
        second.ok++;
      }
      case Outcome.Failed(var cause, var release) -> {
        all.failed++;
        second.failed++;
        failedByCause.merge(cause, 1L, Long::sum);
        remember(new Failure(now, call, cause, release));
      }
      case Outcome.WrongTenant(var cause, var release) -> {
        all.wrongTenant++;
        second.wrongTenant++;
        remember(new Failure(now, call, cause, release));
      }
    }
  }

  private void remember(Failure failure) {
    failure.release().ifPresent(release -> failedByRelease.merge(release, 1L, Long::sum));
    failures.addLast(failure);
    if (failures.size() > MAX_FAILURES) {
      failures.removeFirst();
    }
  }

  private void putSeconds(ArrayNode array) {
    seconds.forEach((second, tally) ->
        put(array.addObject().put("time", Instant.ofEpochSecond(second).toString()), tally));
  }

  private void putFailures(ArrayNode array) {
    for (Failure failure : failures) {
      array
          .addObject()
          .put("time", failure.time().toString())
          .put("sequence", failure.call().sequence())
          .put("tenant", failure.call().tenant())
          .put("method", failure.call().method())
          .put("path", failure.call().path())
          .put("cause", failure.cause())
          .put("release", failure.release().orElse(null));
    }
  }

  private static void put(ObjectNode object, Tally tally) {
    object.put("ok", tally.ok);
    object.put("failed", tally.failed);
    object.put("wrongTenant", tally.wrongTenant);
  }
}
