package tranche.postgres.database;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;

/// Makes sockets whose end is the end of the server's process too: closing one waits until the
/// server has closed its side.
///
/// A server counts a connection until its process has ended, which is some milliseconds after the
/// client said goodbye. Whoever opens the next connection at once would have one more than it may,
/// as the server sees it, and may be turned away. PostgreSQL leaves the socket open until the very
/// end, so that a client can wait for it.
///
/// The wait is short where nobody answers any more, and left out where somebody is still reading:
/// then the connection is being cut.
public final class SynchronousClose extends SocketFactory {
  private static final System.Logger LOG = System.getLogger(SynchronousClose.class.getName());
  private static final int MOST_MILLIS = 250;

  /// The driver makes it by its name.
  public SynchronousClose() {}

  @Override
  public Socket createSocket() {
    return new Waiting();
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  private static final class Waiting extends Socket {
    private final AtomicInteger readers = new AtomicInteger();

    @Override
    public InputStream getInputStream() throws IOException {
      return new Watched(super.getInputStream(), readers);
    }

    @Override
    public void close() throws IOException {
      // Waiting for a reader to end would be waiting for what the reader waits for.
      if (isConnected() && !isClosed() && readers.get() == 0) {
        awaitEnd(super.getInputStream());
      }
      super.close();
    }

    private void awaitEnd(InputStream in) {
      try {
        setSoTimeout(MOST_MILLIS);
        long end = System.nanoTime() + MOST_MILLIS * 1_000_000L;
        while (in.read() >= 0 && System.nanoTime() < end) {
          // What the server still had to say is of no interest to anybody.
        }
      } catch (IOException e) {
        LOG.log(System.Logger.Level.DEBUG, "a connection was closed without an answer", e);
      }
    }
  }

  /// Counts who is reading.
  private static final class Watched extends FilterInputStream {
    private final AtomicInteger readers;

    Watched(InputStream in, AtomicInteger readers) {
      super(in);
      this.readers = readers;
    }

    @Override
    public int read() throws IOException {
      readers.incrementAndGet();
      try {
        return in.read();
      } finally {
        readers.decrementAndGet();
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      readers.incrementAndGet();
      try {
        return in.read(bytes, offset, length);
      } finally {
        readers.decrementAndGet();
      }
    }
  }
}
