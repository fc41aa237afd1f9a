package tranche.app.demo;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tranche.app.server.NearPath;

/// `tranche demo`.
@Command(
    name = "demo",
    description = {
      "A whole fleet on this machine: one good release, one bad one.",
      "",
      "Starts a control plane with an embedded PostgreSQL, a gateway and an application with 1,348"
          + " tenants, puts load on it, rolls a release out to everybody and a bad one until it is"
          + " halted and taken back. Nothing leaves this machine; everything is removed at the end"
          + " unless --keep is given."
    },
    footer = {"", "Example: tranche demo --keep, then: tranche rollout list"})
public final class Demo implements Callable<Integer> {
  @Option(names = "--headless", description = "Plain lines without colour, for scripts.")
  private boolean headless;

  @Option(
      names = "--exit",
      description =
          "End after the story instead of waiting for ctrl-C; 0 only if every claim held.")
  private boolean exit;

  @Option(names = "--keep", description = "Leave everything running, to try commands on.")
  private boolean keep;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Requests per second. Default: ${DEFAULT-VALUE}.")
  private int rate = 200;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where everything is put. Default: .tranche/demo in the current folder.")
  private Path data = Path.of(".tranche", "demo");

  @Spec private CommandSpec command = CommandSpec.create();

  /// An instance for picocli, which sets the options.
  public Demo() {}

  @Override
  public Integer call() throws Exception {
    PrintWriter out = command.commandLine().getOut();
    Narrator narrator = Narrator.to(out, headless);
    Stage stage = Stage.prepare(data, rate);
    Thread cleaner = new Thread(stage::clear, "clear-demo");
    Runtime.getRuntime().addShutdownHook(cleaner);
    if (keep) {
      // Also when the story breaks off: then there is something to look at.
      stage.leaveRunning();
    }
    boolean held = new Story(stage, narrator).tell();
    if (keep) {
      stage.endLoad();
      narrator.say("");
      narrator.say("Left running. To stop it:");
      narrator.say(
          "    tranche down --config "
              + NearPath.of(stage.configuration())
              + " --data "
              + NearPath.of(data));
    } else if (!exit) {
      narrator.say("");
      narrator.say(
          "Still running, for you to try the commands in another terminal. ctrl-C removes it.");
      new CountDownLatch(1).await();
    } else {
      stage.clear();
    }
    // The last line is what scripts look at.
    narrator.say(held ? "demo ok" : "demo failed");
    return held ? 0 : 1;
  }
}
