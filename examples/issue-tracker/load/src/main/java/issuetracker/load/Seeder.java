package issuetracker.load;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/// Creates the same number of issues for every tenant, as fast as 16 requests at a time allow. The
/// ids follow from the seed, so seeding again adds nothing.
final class Seeder {
  private static final int CONCURRENCY = 16;

  private final Workload workload;
  private final Run run;

  Seeder(Workload workload, Run run) {
    this.workload = workload;
    this.run = run;
  }

  void seed(Tenants tenants, int issuesPerTenant) throws IOException, InterruptedException {
    Semaphore permits = new Semaphore(CONCURRENCY);
    long sequence = 0;
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String tenant : tenants.ids()) {
        for (int i = 0; i < issuesPerTenant; i++) {
          Call call = workload.seedIssue(sequence++, tenant, i);
          permits.acquire();
          run.totals().sent();
          workers.execute(() -> send(call, permits));
        }
      }
    }
    run.outputs().flush(run.totals(), true);
  }

  private void send(Call call, Semaphore permits) {
    try {
      run.send(call, System.nanoTime());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      permits.release();
    }
  }
}
