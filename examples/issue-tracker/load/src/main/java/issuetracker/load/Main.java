package issuetracker.load;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Runs the load generator until SIGTERM or the end of standard input, or seeds issues and ends.
public final class Main {
  private static final int MAX_RATE = 100_000;
  private static final int MAX_SEED_ISSUES = 1_000_000;
  private static final int LAST_SECONDS = 10;

  private Main() {}

  /// Exits with 0 when it did what it was asked for, whatever the answers were; seeding exits with
  /// 1 when an issue could not be created; arguments that cannot be followed exit with 2.
  public static void main(String[] arguments) throws InterruptedException {
    try {
      System.exit(run(new Arguments(arguments)));
    } catch (UsageException e) {
      System.err.println(e.getMessage() + "\n\n" + Arguments.USAGE);
      System.exit(2);
    } catch (IOException e) {
      System.err.println("a file cannot be written: " + e);
      System.exit(1);
    }
  }

  private static int run(Arguments arguments) throws IOException, InterruptedException {
    Tenants tenants = Tenants.read(arguments.required("--tenants", "one tenant per line"));
    Workload workload =
        new Workload(
            arguments.number("--seed", 1, 999_999_999), arguments.mix(), tenants, busy(arguments));
    try (Sender sender = new Sender(arguments.url());
        Outputs outputs = new Outputs(arguments.path("--report"), arguments.path("--journal"))) {
      Run run = new Run(sender, new Totals(), outputs);
      if (arguments.has("--seed-issues")) {
        return seed(new Seeder(workload, run), run, tenants, arguments);
      }
      int rate = Math.max(1, arguments.number("--rate", 200, MAX_RATE));
      return load(new OpenLoop(workload, run, rate), run);
    }
  }

  private static int seed(Seeder seeder, Run run, Tenants tenants, Arguments arguments)
      throws IOException, InterruptedException {
    seeder.seed(tenants, arguments.number("--seed-issues", 0, MAX_SEED_ISSUES));
    System.out.println("seeded: " + run.totals().summary());
    return run.totals().bad() == 0 ? 0 : 1;
  }

  private static int load(OpenLoop loop, Run run) throws IOException, InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> finish(loop, done)));
    Thread.ofPlatform().daemon().name("stdin").start(() -> stopAtEndOfInput(loop));
    loop.run();
    System.out.println("load: " + run.totals().summary());
    System.out.flush();
    done.countDown();
    return 0;
  }

  /// Runs when the JVM goes down: after SIGTERM it gives the loop time to end and turns 143 into 0.
  private static void finish(OpenLoop loop, CountDownLatch done) {
    loop.stop();
    try {
      boolean ended = done.await(LAST_SECONDS, TimeUnit.SECONDS);
      Runtime.getRuntime().halt(ended ? 0 : 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void stopAtEndOfInput(OpenLoop loop) {
    try {
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      System.err.println("standard input broke: " + e);
    }
    loop.stop();
  }

  private static Optional<Workload.Busy> busy(Arguments arguments) {
    return arguments
        .path("--busy")
        .map(file -> new Workload.Busy(Tenants.read(file), arguments.share("--busy-share", 0.4)));
  }
}
