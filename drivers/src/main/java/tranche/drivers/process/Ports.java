package tranche.drivers.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// Chooses ports below the range from which systems take the local ports of outgoing connections: a
/// port from within it can be gone between the choice and its use.
final class Ports {
  private static final int FIRST = 20_000;
  private static final int COUNT = 10_000;

  private Ports() {}

  /// A port of the loopback address that nobody listens on now.
  ///
  /// @param taken ports that are promised to others
  static int free(Set<Integer> taken) throws IOException {
    int begin = ThreadLocalRandom.current().nextInt(COUNT);
    for (int i = 0; i < COUNT; i++) {
      int port = FIRST + (begin + i) % COUNT;
      if (!taken.contains(port) && isFree(port)) {
        return port;
      }
    }
    throw new IOException("no free port from " + FIRST + " to " + (FIRST + COUNT - 1));
  }

  /// Whether a process could listen there now.
  static boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(InetAddress.ofLiteral(InstanceRecord.HOST), port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
