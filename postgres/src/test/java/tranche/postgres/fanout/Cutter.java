package tranche.postgres.fanout;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tranche.postgres.database.Server;

/// A way to the server that is cut at a message with a certain text: before it gets there, or after
/// it got there and before the answer comes back.
final class Cutter implements AutoCloseable {
  /// Where it is cut.
  enum Cut {
    THE_MESSAGE,
    THE_ANSWER
  }

  private final ServerSocket listener;
  private final Server server;
  private final Cut cut;
  private volatile @Nullable String text;
  private final AtomicInteger left = new AtomicInteger();
  private final AtomicInteger cuts = new AtomicInteger();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  private Cutter(ServerSocket listener, Server server, Cut cut) {
    this.listener = listener;
    this.server = server;
    this.cut = cut;
  }

  static Cutter before(Server server, Cut cut) throws IOException {
    var cutter = new Cutter(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server, cut);
    Thread.ofVirtual().start(cutter::accept);
    return cutter;
  }

  int port() {
    return listener.getLocalPort();
  }

  /// Cuts at the next so many messages that contain the text.
  void arm(String at, int times) {
    text = at;
    left.set(times);
  }

  int cuts() {
    return cuts.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket behind = new Socket(server.host(), server.port());
        sockets.addAll(List.of(client, behind));
        Thread.ofVirtual().start(() -> toServer(client, behind));
        Thread.ofVirtual().start(() -> toClient(client, behind));
      }
    } catch (IOException e) {
      // The listener was closed.
    }
  }

  private void toServer(Socket client, Socket behind) {
    byte[] buffer = new byte[1 << 16];
    try {
      InputStream in = client.getInputStream();
      OutputStream out = behind.getOutputStream();
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        boolean isCut = isCut(new String(buffer, 0, n, StandardCharsets.UTF_8));
        if (isCut && cut == Cut.THE_MESSAGE) {
          client.close();
          behind.close();
          return;
        }
        if (isCut) {
          client.close();
        }
        out.write(buffer, 0, n);
        out.flush();
        if (isCut) {
          return;
        }
      }
      behind.close();
    } catch (IOException e) {
      // One side has closed; the other notices by itself.
    }
  }

  private boolean isCut(String message) {
    String wanted = text;
    boolean isWanted = wanted != null && message.contains(wanted) && left.getAndDecrement() > 0;
    if (isWanted) {
      cuts.incrementAndGet();
    }
    return isWanted;
  }

  private static void toClient(Socket client, Socket behind) {
    byte[] buffer = new byte[1 << 16];
    try {
      InputStream in = behind.getInputStream();
      OutputStream out = client.getOutputStream();
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
        out.flush();
      }
      client.close();
    } catch (IOException e) {
      // One side has closed; the other notices by itself.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
