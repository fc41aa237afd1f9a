package tranche.api.client;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Hands the lines of an answer from the connection's thread to the reader's. The connection is
/// asked for a line only when there is room for it, so that a slow reader does not fill the memory.
final class LineFeed implements Flow.Subscriber<String> {
  private static final int AHEAD = 256;

  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private volatile Optional<Flow.Subscription> subscription = Optional.empty();
  private volatile boolean cancelled;

  /// What the connection brings.
  sealed interface Signal {
    /// The answer has begun.
    record Opened() implements Signal {}

    /// A line of it.
    record Line(String text) implements Signal {}

    /// Another answer than a stream.
    record Refused(int status, String body) implements Signal {}

    /// The connection broke or never was.
    record Broken(Throwable cause) implements Signal {}

    /// The server ended the stream.
    record Ended() implements Signal {}
  }

  /// The next signal, empty if none came in that time.
  Optional<Signal> next(Duration patience) throws InterruptedException {
    Signal signal = signals.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (signal instanceof Signal.Line) {
      subscription.ifPresent(s -> s.request(1));
    }
    return Optional.ofNullable(signal);
  }

  void cancel() {
    cancelled = true;
    subscription.ifPresent(Flow.Subscription::cancel);
  }

  void ended(@Nullable HttpResponse<Optional<String>> response, @Nullable Throwable failure) {
    if (response != null) {
      int status = response.statusCode();
      signals.add(
          response
              .body()
              .<Signal>map(b -> new Signal.Refused(status, b))
              .orElse(new Signal.Ended()));
    } else if (failure != null) {
      Throwable cause = failure.getCause();
      signals.add(new Signal.Broken(cause == null ? failure : cause));
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription opened) {
    subscription = Optional.of(opened);
    if (cancelled) {
      opened.cancel();
      return;
    }
    signals.add(new Signal.Opened());
    opened.request(AHEAD);
  }

  @Override
  public void onNext(String line) {
    signals.add(new Signal.Line(line));
  }

  @Override
  public void onError(Throwable cause) {
    signals.add(new Signal.Broken(cause));
  }

  @Override
  public void onComplete() {
    signals.add(new Signal.Ended());
  }
}
