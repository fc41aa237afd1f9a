package tranche.drivers.hook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/// Reads what a program prints, so that it never waits for a reader, and keeps the end of it. The
/// reading ends by itself when nobody can write any more.
final class OutputTail {
  private static final int KEPT = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final InputStream input;
  private final Thread reader;
  private byte[] tail = new byte[0];
  private String trouble = "";

  private OutputTail(InputStream input) {
    this.input = input;
    this.reader = Thread.ofVirtual().name("hook output").unstarted(this::read);
  }

  static OutputTail of(InputStream input) {
    OutputTail tail = new OutputTail(input);
    tail.reader.start();
    return tail;
  }

  private void read() {
    byte[] buffer = new byte[8192];
    try {
      for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
        add(buffer, read);
      }
    } catch (IOException e) {
      note(e);
    }
  }

  private synchronized void add(byte[] buffer, int read) {
    byte[] all = Arrays.copyOf(tail, tail.length + read);
    System.arraycopy(buffer, 0, all, tail.length, read);
    tail = Arrays.copyOfRange(all, Math.max(0, all.length - KEPT), all.length);
  }

  private synchronized void note(IOException error) {
    trouble = " (its output could not be read to the end: " + error.getMessage() + ")";
  }

  /// The end of what was printed. Waits a moment for the rest: a child of the program may go on
  /// holding the pipe.
  String text() throws InterruptedException {
    reader.join(PATIENCE);
    synchronized (this) {
      return new String(tail, StandardCharsets.UTF_8) + trouble;
    }
  }
}
