package tranche.postgres.testing;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import tranche.postgres.embedded.EmbeddedPostgres;
import tranche.postgres.embedded.EmbeddedSettings;
import tranche.postgres.embedded.ServerAddress;
import tranche.testkit.ForThisJvm;

/// The one server that all tests of this JVM share. Each test takes names of its own. The server is
/// stopped and its folder removed when the JVM ends.
public final class PostgresForTests {
  private static final AtomicInteger NAMES = new AtomicInteger();

  private PostgresForTests() {}

  private static final class Holder {
    static final ForThisJvm<EmbeddedPostgres> SERVER =
        ForThisJvm.start(
            "tranche-postgres-for-tests",
            folder -> EmbeddedPostgres.start(EmbeddedSettings.in(folder)),
            EmbeddedPostgres::stop);
  }

  /// Where the server answers.
  public static ServerAddress address() {
    return Holder.SERVER.running().address();
  }

  /// The folder that the server's log is written to.
  public static Path logFolder() {
    return Holder.SERVER.folder().resolve("log");
  }

  /// A name that no other test has.
  public static String freshName(String prefix) {
    return prefix + "_" + NAMES.incrementAndGet();
  }
}
