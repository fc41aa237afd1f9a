package tranche.postgres.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import tranche.postgres.database.Server;

/// A way to the server that, once armed, is cut at the first COMMIT: before it gets there, or after
/// it got there and before the answer comes back.
final class CommitCutter implements AutoCloseable {
  private final ServerSocket listener;
  private final Server server;
  private final MigrationRunTest.Cut cut;
  private final AtomicBoolean isArmed = new AtomicBoolean();
  private final AtomicInteger cuts = new AtomicInteger();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  private CommitCutter(ServerSocket listener, Server server, MigrationRunTest.Cut cut) {
    this.listener = listener;
    this.server = server;
    this.cut = cut;
  }

  static CommitCutter before(Server server, MigrationRunTest.Cut cut) throws IOException {
    var cutter =
        new CommitCutter(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server, cut);
    Thread.ofVirtual().start(cutter::accept);
    return cutter;
  }

  int port() {
    return listener.getLocalPort();
  }

  void arm() {
    isArmed.set(true);
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
        var isMuted = new AtomicBoolean();
        Thread.ofVirtual().start(() -> toServer(client, behind, isMuted));
        Thread.ofVirtual().start(() -> toClient(client, behind, isMuted));
      }
    } catch (IOException e) {
      // The listener was closed.
    }
  }

  private void toServer(Socket client, Socket behind, AtomicBoolean isMuted) {
    try (client;
        behind) {
      InputStream in = client.getInputStream();
      OutputStream out = behind.getOutputStream();
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        boolean isCommit =
            new String(buffer, 0, n, StandardCharsets.ISO_8859_1).contains("COMMIT\0");
        if (isCommit && isArmed.compareAndSet(true, false)) {
          cuts.incrementAndGet();
          isMuted.set(true);
          if (cut == MigrationRunTest.Cut.THE_ANSWER) {
            out.write(buffer, 0, n);
            out.flush();
          }
          return;
        }
        out.write(buffer, 0, n);
        out.flush();
      }
    } catch (IOException e) {
      // One side has closed; the other is closed with it.
    }
  }

  private static void toClient(Socket client, Socket behind, AtomicBoolean isMuted) {
    try {
      InputStream in = behind.getInputStream();
      OutputStream out = client.getOutputStream();
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n > 0 && !isMuted.get(); n = in.read(buffer)) {
        out.write(buffer, 0, n);
        out.flush();
      }
    } catch (IOException e) {
      // One side has closed; the other is closed with it.
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
