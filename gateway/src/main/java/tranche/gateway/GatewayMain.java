package tranche.gateway;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemException;
import tranche.core.problem.ProblemKind;
import tranche.gateway.config.ConfigFile;
import tranche.gateway.problem.StartProblem.Usage;

/// Starts a gateway process: `GatewayMain --config FILE`. It runs until it gets SIGTERM.
///
/// Exit codes: 2 for a mistake in the arguments or the configuration, 7 for something around it
/// (port, disk), 8 for a defect.
public final class GatewayMain {
  private static final int EXIT_USAGE = 2;
  private static final int EXIT_ENVIRONMENT = 7;
  private static final int EXIT_BUG = 8;

  private GatewayMain() {}

  /// Entry point of the process.
  public static void main(String[] args) {
    LogSetup.apply();
    int code = run(args, System.out, System.err);
    if (code != 0) {
      System.exit(code);
    }
  }

  /// Starts the gateway; 0 means that it runs now, in threads of its own.
  static int run(String[] args, PrintStream out, PrintStream err) {
    try {
      if (args.length != 2 || !args[0].equals("--config")) {
        throw new ProblemException(new Usage(String.join(" ", args)));
      }
      Gateway gateway = Gateway.start(ConfigFile.read(Path.of(args[1])), Clock.systemUTC());
      Runtime.getRuntime()
          .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(gateway::close));
      Running running = gateway.running();
      out.printf(
          "gateway ready: clients on port %d, admin on port %d%n",
          running.listenPort(), running.adminPort());
      return 0;
    } catch (ProblemException e) {
      return report(e.problem(), err);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return EXIT_BUG;
    } catch (IOException | RuntimeException e) {
      err.println("gateway-bug: the gateway could not start");
      e.printStackTrace(err);
      return EXIT_BUG;
    }
  }

  private static int report(Problem problem, PrintStream err) {
    err.println(problem.code() + ": " + problem.what());
    err.println("  why: " + problem.why());
    err.println("  fix: " + problem.fix());
    return problem.kind() == ProblemKind.BAD_REQUEST ? EXIT_USAGE : EXIT_ENVIRONMENT;
  }
}
