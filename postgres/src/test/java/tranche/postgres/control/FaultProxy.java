package tranche.postgres.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A network between client and server that breaks at the next commit.
final class FaultProxy implements AutoCloseable {
  /// What becomes of the next COMMIT, and of the connection that carries it.
  enum Fault {
    NONE,
    /// It never arrives.
    LOSE_COMMIT,
    /// It arrives; its answer does not.
    LOSE_ANSWER,
    /// The client sees the connection broken while the COMMIT is still on its way; it arrives when
    /// [#deliver] is called.
    DELAY_COMMIT,
    /// As LOSE_ANSWER, and nobody can connect any more.
    LOSE_ANSWER_AND_NETWORK
  }

  private final int target;
  private final ServerSocket server;
  private final AtomicReference<Fault> next = new AtomicReference<>(Fault.NONE);
  private final CountDownLatch delivery = new CountDownLatch(1);
  private final CountDownLatch held = new CountDownLatch(1);
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  FaultProxy(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread _ = Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  void breakNextCommit(Fault fault) {
    next.set(fault);
  }

  boolean holdsCommit() {
    return held.getCount() == 0;
  }

  void deliver() {
    delivery.countDown();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Socket upstream = new Socket();
        upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        sockets.addAll(List.of(client, upstream));
        Thread _ = Thread.ofVirtual().start(() -> forward(client, upstream));
        Thread _ = Thread.ofVirtual().start(() -> answer(upstream, client));
      } catch (IOException _) {
        return; // closed
      }
    }
  }

  private void forward(Socket client, Socket upstream) {
    byte[] buffer = new byte[65_536];
    CommitWatch commits = new CommitWatch();
    try {
      InputStream in = client.getInputStream();
      OutputStream out = upstream.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        Fault fault = commits.isCommit(buffer, n) ? next.getAndSet(Fault.NONE) : Fault.NONE;
        if (fault != Fault.NONE) {
          apply(fault, client, upstream, Arrays.copyOf(buffer, n));
          return;
        }
        out.write(buffer, 0, n);
      }
      upstream.close();
    } catch (IOException | InterruptedException _) {
      closeBoth(client, upstream);
    }
  }

  private void apply(Fault fault, Socket client, Socket upstream, byte[] commit)
      throws IOException, InterruptedException {
    switch (fault) {
      case NONE -> throw new IllegalStateException("no fault");
      case LOSE_COMMIT -> closeBoth(client, upstream);
      case LOSE_ANSWER -> {
        client.close();
        send(upstream, commit);
      }
      case LOSE_ANSWER_AND_NETWORK -> {
        server.close();
        client.close();
        send(upstream, commit);
      }
      case DELAY_COMMIT -> {
        client.close();
        held.countDown();
        delivery.await();
        send(upstream, commit);
      }
    }
  }

  /// The server's side stays open until the server has taken the commit in.
  private static void send(Socket upstream, byte[] commit) throws IOException {
    upstream.getOutputStream().write(commit);
    upstream.getOutputStream().flush();
    upstream.shutdownOutput();
  }

  private void answer(Socket upstream, Socket client) {
    byte[] buffer = new byte[65_536];
    try {
      InputStream in = upstream.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (!client.isClosed()) {
          client.getOutputStream().write(buffer, 0, n);
        }
      }
      client.close();
    } catch (IOException _) {
      // The client was cut off; the forwarding side ends the server's connection.
    }
  }

  private static void closeBoth(Socket client, Socket upstream) {
    try (client;
        upstream) {
      return;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Recognises commits of one connection. The driver sends the text once, under a name, and then
  /// the name only.
  private static final class CommitWatch {
    private static final Pattern NAMED = Pattern.compile("\0?(S_[0-9]+)\0COMMIT\0");

    private String name = "COMMIT";

    boolean isCommit(byte[] buffer, int length) {
      String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
      Matcher named = NAMED.matcher(text);
      if (named.find()) {
        name = "\0" + named.group(1) + "\0";
        return true;
      }
      return text.contains(name);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
