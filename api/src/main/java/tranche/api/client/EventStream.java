package tranche.api.client;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import tranche.api.client.EventConsumer.Link;
import tranche.api.client.EventConsumer.Next;
import tranche.api.rollout.EventJson;
import tranche.core.problem.ProblemException;
import tranche.core.problem.ProblemKind;

/// Follows the event stream over as many connections as it takes.
///
/// Nothing is lost, because each connection asks for what follows the last entry that the consumer
/// has taken; nothing is repeated, because an entry counts as taken before the next one is looked
/// at, and one that is not newer is passed over.
final class EventStream {
  private static final Duration SILENCE = Duration.ofSeconds(45);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Transport transport;
  private final EventConsumer consumer;
  private long last;
  private boolean wasUp;
  private int failures;

  EventStream(Transport transport, EventConsumer consumer) {
    this.transport = transport;
    this.consumer = consumer;
  }

  void follow(long after) throws InterruptedException {
    last = after;
    Next next = Next.GO_ON;
    while (next == Next.GO_ON) {
      next = connectOnce();
      if (next == Next.GO_ON) {
        next = consumer.link(Link.DOWN);
      }
      if (next == Next.GO_ON) {
        pause();
      }
    }
  }

  private void pause() throws InterruptedException {
    long doubled = FIRST_PAUSE.toMillis() << Math.min(failures, 10);
    long longest = Math.min(doubled, LONGEST_PAUSE.toMillis());
    failures++;
    // Spread, so that many clients do not come back in the same moment.
    TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
  }

  private Next connectOnce() throws InterruptedException {
    LineFeed feed = new LineFeed();
    CompletableFuture<HttpResponse<Optional<String>>> exchange =
        transport.open("/events?after=" + last, "text/event-stream", info -> body(info, feed));
    CompletableFuture<?> watched =
        exchange.whenComplete((response, failure) -> feed.ended(response, failure));
    try {
      return read(feed);
    } finally {
      feed.cancel();
      watched.cancel(true);
      exchange.cancel(true);
    }
  }

  private static HttpResponse.BodySubscriber<Optional<String>> body(
      HttpResponse.ResponseInfo info, LineFeed feed) {
    if (info.statusCode() != 200) {
      return BodySubscribers.mapping(
          BodySubscribers.ofString(StandardCharsets.UTF_8), Optional::of);
    }
    return BodySubscribers.fromLineSubscriber(
        feed, _ -> Optional.empty(), StandardCharsets.UTF_8, null);
  }

  /// Reads one connection to its end. GO_ON asks for another one.
  private Next read(LineFeed feed) throws InterruptedException {
    SseParser parser = new SseParser();
    Next next = Next.GO_ON;
    while (next == Next.GO_ON) {
      Optional<LineFeed.Signal> signal = feed.next(SILENCE);
      if (signal.isEmpty()) {
        return Next.GO_ON;
      }
      switch (signal.get()) {
        case LineFeed.Signal.Opened _ -> next = up();
        case LineFeed.Signal.Line(var line) -> next = line(parser, line);
        case LineFeed.Signal.Refused(var status, var body) -> {
          throwIfFinal(transport.refused(status, body));
          return Next.GO_ON;
        }
        case LineFeed.Signal.Broken(var cause) -> {
          throwIfFinal(transport.unreachable(cause));
          return Next.GO_ON;
        }
        case LineFeed.Signal.Ended _ -> {
          return Next.GO_ON;
        }
      }
    }
    return Next.STOP;
  }

  private Next up() {
    wasUp = true;
    return consumer.link(Link.UP);
  }

  /// Throws what the control plane refuses for good, and whatever is wrong with the first attempt.
  private void throwIfFinal(ProblemException problem) {
    boolean canPass = problem.problem().kind() == ProblemKind.ENVIRONMENT;
    if (!wasUp || !canPass) {
      throw problem;
    }
  }

  private Next line(SseParser parser, String line) {
    if (line.startsWith(":")) {
      failures = 0;
      return consumer.link(Link.QUIET);
    }
    return parser.take(line).map(this::message).orElse(Next.GO_ON);
  }

  private Next message(SseParser.Message message) {
    failures = 0;
    if (message.event().equals("reset")) {
      last = 0;
      consumer.reset();
      return Next.GO_ON;
    }
    EventJson event = transport.read(message.data(), EventJson.class);
    if (event.seq() <= last) {
      return Next.GO_ON;
    }
    last = event.seq();
    return consumer.take(event);
  }
}
