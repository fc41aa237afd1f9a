package tranche.gateway.traffic;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/// Counts the bytes of a request body and stops the forwarding when they are too many. After that
/// it lets the rest through, so that it can be drained and the client can read its answer.
final class BodyLimit extends AbstractStreamSourceConduit<StreamSourceConduit> {

  /// Told once what ended the reading.
  interface Watcher {
    /// More bytes came than allowed.
    void tooLarge();

    /// The client went away or broke the protocol.
    void clientBroken();
  }

  private final long limit;
  private final Watcher watcher;
  private long total;
  private boolean exceeded;

  BodyLimit(StreamSourceConduit next, long limit, Watcher watcher) {
    super(next);
    this.limit = limit;
    this.watcher = watcher;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    try {
      return (int) counted(next.read(into));
    } catch (IOException e) {
      throw noted(e);
    }
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int length) throws IOException {
    try {
      return counted(next.read(into, offset, length));
    } catch (IOException e) {
      throw noted(e);
    }
  }

  @Override
  public long transferTo(long position, long count, FileChannel target) throws IOException {
    try {
      return counted(next.transferTo(position, count, target));
    } catch (IOException e) {
      throw noted(e);
    }
  }

  @Override
  public long transferTo(long count, ByteBuffer through, StreamSinkChannel target)
      throws IOException {
    try {
      long moved = next.transferTo(count, through, target);
      counted(moved + through.remaining());
      return moved;
    } catch (IOException e) {
      throw noted(e);
    }
  }

  private long counted(long bytes) throws IOException {
    total += Math.max(0, bytes);
    if (total > limit && !exceeded) {
      exceeded = true;
      watcher.tooLarge();
      throw new TooLargeException();
    }
    return bytes;
  }

  private IOException noted(IOException e) {
    if (!(e instanceof TooLargeException)) {
      watcher.clientBroken();
    }
    return e;
  }

  private static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException() {
      super("request body too large");
    }
  }
}
