package tranche.postgres.embedded;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/// Which TCP port a server uses.
///
/// The folder remembers the port in use together with the wish it was chosen under. As long as the
/// wish stays the same the port stays the same too, because other processes know it; a new wish
/// goes first. Chosen ports lie below the range from which systems take ports for outgoing
/// connections, so that they are likely to be free again next time.
final class Ports {
  private static final int LOWEST = 15_432;
  private static final int HIGHEST = 32_000;
  private static final int CHOICES = 50;
  private static final Pattern REMEMBERED = Pattern.compile("([0-9]{1,5}) for ([0-9]{1,5})\n");

  private Ports() {}

  /// A port that is free at this moment.
  static int choose(Layout layout, int preferred) throws IOException {
    for (int port : candidates(layout, preferred)) {
      if (isFree(port)) {
        return port;
      }
    }
    return anyFree();
  }

  /// Keeps the port for the next start.
  static void remember(Layout layout, int port, int preferred) throws IOException {
    Disk.write(layout.port(), port + " for " + preferred + "\n");
  }

  private static List<Integer> candidates(Layout layout, int preferred) throws IOException {
    var ports = new ArrayList<Integer>();
    if (preferred > 0) {
      ports.add(preferred);
    }
    if (Files.isRegularFile(layout.port())) {
      var line = REMEMBERED.matcher(Files.readString(layout.port()));
      if (line.matches()) {
        boolean isSameWish = Integer.parseInt(line.group(2)) == preferred;
        ports.add(isSameWish ? 0 : ports.size(), Integer.parseInt(line.group(1)));
      }
    }
    ports.removeIf(port -> port < 1 || port > 65_535);
    return ports;
  }

  private static int anyFree() throws IOException {
    for (int i = 0; i < CHOICES; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (isFree(port)) {
        return port;
      }
    }
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static boolean isFree(int port) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      return true;
    } catch (BindException _) {
      return false;
    }
  }
}
