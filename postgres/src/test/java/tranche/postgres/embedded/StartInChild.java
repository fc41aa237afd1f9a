package tranche.postgres.embedded;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// A control plane reduced to what matters here: starts the server of a folder, says where it is,
/// and stays until it is killed.
final class StartInChild {
  private StartInChild() {}

  public static void main(String[] arguments) throws InterruptedException {
    var folder = Path.of(arguments[0]);
    long begin = System.nanoTime();
    var server = EmbeddedPostgres.start(EmbeddedSettings.in(folder));
    long millis = (System.nanoTime() - begin) / 1_000_000;
    System.out.println(
        server.outcome().getClass().getSimpleName()
            + " "
            + server.pid()
            + " "
            + server.address().port()
            + " "
            + millis);
    if (arguments.length > 1 && arguments[1].equals("stop")) {
      server.stop();
      return;
    }
    new CountDownLatch(1).await();
  }
}
