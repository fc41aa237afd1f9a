package tranche.drivers.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tranche.core.fleet.TenantId;
import tranche.core.problem.RecordedProblem;
import tranche.core.release.ReleaseId;
import tranche.core.verify.Check;
import tranche.core.verify.Suite;
import tranche.engine.verify.Verifier;
import tranche.engine.verify.VerifyProblem.CheckFailed;

/// Runs suites over HTTP through the gateway. Whatever keeps a check from being asked counts as its
/// failure; so does that there is nothing to ask (I5): with no suite, or a suite without a check,
/// every tenant fails.
///
/// Values of placeholders are percent-encoded in paths (except `/`) and escaped in JSON bodies.
public final class HttpVerifier implements Verifier {
  private static final long MAX_BYTES = 1024 * 1024;

  private final VerifierSettings settings;

  /// A verifier that asks as the settings say.
  public HttpVerifier(VerifierSettings settings) {
    this.settings = settings;
  }

  /// See [Verifier#verify].
  ///
  /// @throws CancellationException with the interrupt flag set, when interrupted: nothing is known
  ///   then
  @Override
  public Map<TenantId, RecordedProblem> verify(
      List<Suite> suites, ReleaseId release, List<TenantId> tenants, Door door) {
    // A client of its own: no connection is older than this verification.
    try (BoundedHttp http = new BoundedHttp(settings.limit(), MAX_BYTES);
        ExecutorService pool =
            Executors.newFixedThreadPool(settings.parallel(), Thread.ofVirtual().factory())) {
      URI front = settings.front().get();
      List<Callable<Optional<CheckFailed>>> tasks = new ArrayList<>();
      for (TenantId tenant : tenants) {
        CheckRun run =
            new CheckRun(http, front, entry(release, tenant, door), names(release, tenant));
        tasks.add(() -> failure(suites, tenant, run));
      }
      return collected(tenants, pool.invokeAll(tasks));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("interrupted");
      cancelled.initCause(e);
      throw cancelled;
    }
  }

  private static Map<TenantId, RecordedProblem> collected(
      List<TenantId> tenants, List<Future<Optional<CheckFailed>>> futures)
      throws InterruptedException {
    Map<TenantId, RecordedProblem> failed = new LinkedHashMap<>();
    for (int i = 0; i < futures.size(); i++) {
      TenantId tenant = tenants.get(i);
      try {
        futures.get(i).get().ifPresent(found -> failed.put(tenant, RecordedProblem.of(found)));
      } catch (ExecutionException e) {
        throw new IllegalStateException("verifying tenant " + tenant, e.getCause());
      }
    }
    return failed;
  }

  private static Optional<CheckFailed> failure(List<Suite> suites, TenantId tenant, CheckRun run)
      throws InterruptedException {
    if (suites.isEmpty()) {
      return Optional.of(
          new CheckFailed(
              tenant, "(none)", "(none)", "there is no suite, so nothing was verified"));
    }
    for (Suite suite : suites) {
      Optional<CheckFailed> failure = failure(suite, tenant, run);
      if (failure.isPresent()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  private static Optional<CheckFailed> failure(Suite suite, TenantId tenant, CheckRun run)
      throws InterruptedException {
    if (suite.checks().isEmpty()) {
      return Optional.of(
          new CheckFailed(
              tenant, suite.name(), "(none)", "the suite has no check, so nothing was verified"));
    }
    for (Check check : suite.checks()) {
      try {
        run.run(check);
      } catch (CheckFinding e) {
        return Optional.of(new CheckFailed(tenant, suite.name(), check.name(), e.finding()));
      }
    }
    return Optional.empty();
  }

  private static Placeholders names(ReleaseId release, TenantId tenant) {
    return new Placeholders(
        Map.of(
            "release", release.value(),
            "tenant", tenant.value(),
            "run", UUID.randomUUID().toString().substring(0, 13)));
  }

  private Map<String, String> entry(ReleaseId release, TenantId tenant, Door door) {
    return switch (door) {
      case FRONT -> Map.of(settings.tenantHeader(), tenant.value());
      case PREVIEW ->
          Map.of(
              settings.tenantHeader(),
              tenant.value(),
              CheckRun.PREVIEW_TOKEN,
              settings.previewToken().reveal(),
              "X-Tranche-Arm",
              release.value());
    };
  }
}
