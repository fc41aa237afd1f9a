package tranche.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tranche.api.client.EventConsumer;
import tranche.api.client.EventConsumer.Next;
import tranche.api.client.TrancheClient;
import tranche.api.rollout.EventJson;
import tranche.core.problem.ProblemException;
import tranche.core.rollout.Event;
import tranche.core.rollout.RolloutId;
import tranche.engine.journal.Fence;
import tranche.server.event.StreamLimits;

/// The stream tells the whole journal, once, in order, over connections that break.
@Timeout(60)
class EventStreamTest {
  private TestPlane test = new TestPlane(limits(8, Duration.ofMillis(300), Duration.ofSeconds(2)));
  private RolloutId rollout = startRollout();

  private static HttpServer.Limits limits(int streams, Duration heartbeat, Duration idle) {
    return new HttpServer.Limits(
        new StreamLimits(streams, 50, heartbeat, Duration.ofMillis(20)), idle);
  }

  private RolloutId startRollout() {
    return new RolloutId(test.held().id());
  }

  @AfterEach
  void stop() {
    test.close();
  }

  private void append(String by) {
    assertThat(
            test.store
                .journal()
                .append(rollout, new Fence(1), List.of(new Event.Resumed(by)), List.of()))
        .hasSize(1);
  }

  private long last() {
    return test.store.journal().lastSequence();
  }

  /// Collects until that many entries have come.
  private static List<EventJson> follow(TrancheClient client, long after, long until)
      throws InterruptedException {
    List<EventJson> seen = new ArrayList<>();
    client.events(
        after,
        event -> {
          seen.add(event);
          return event.seq() >= until ? Next.STOP : Next.GO_ON;
        });
    return seen;
  }

  private static List<Long> numbers(List<EventJson> events) {
    return events.stream().map(EventJson::seq).toList();
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  @Test
  void a_stream_begins_where_it_is_asked_to_and_equals_the_journal() throws InterruptedException {
    List<EventJson> all = follow(test.client, 0, last());

    assertThat(numbers(all)).isEqualTo(range(1, last()));
    assertThat(all)
        .filteredOn(e -> e.rollout().equals(rollout.value()))
        .isEqualTo(test.client.journal(rollout.value(), 0, 1_000).items());
    assertThat(numbers(follow(test.client, 5, last()))).isEqualTo(range(6, last()));
  }

  @Test
  void nothing_is_missed_or_repeated_while_connections_break_and_writers_append()
      throws IOException, InterruptedException {
    int writers = 4;
    int each = 300;
    long goal = last() + (long) writers * each;
    AtomicBoolean isOver = new AtomicBoolean();
    AtomicInteger cuts = new AtomicInteger();
    List<EventJson> seen = new CopyOnWriteArrayList<>();
    try (CuttingProxy proxy = new CuttingProxy(test.server.port());
        TrancheClient client = TestPlane.client(proxy.port())) {
      List<Thread> threads =
          IntStream.range(0, writers)
              .mapToObj(w -> Thread.ofVirtual().start(() -> write(w, each)))
              .toList();
      Thread cutter = Thread.ofVirtual().start(() -> cutAgainAndAgain(proxy, seen, isOver, cuts));
      client.events(
          0,
          event -> {
            seen.add(event);
            return event.seq() >= goal ? Next.STOP : Next.GO_ON;
          });
      isOver.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
      cutter.join();
    }

    assertThat(cuts.get()).as("times that connections were cut").isGreaterThanOrEqualTo(5);
    assertThat(numbers(seen)).isEqualTo(range(1, goal));
    assertThat(seen.stream().flatMap(e -> e.detail().by().stream()).filter(b -> b.startsWith("w")))
        .hasSize(writers * each)
        .doesNotHaveDuplicates();
  }

  private void write(int writer, int each) {
    for (int i = 0; i < each; i++) {
      append("w" + writer + "-" + i);
      // Spread the writing over the life of many connections.
      await().pollDelay(Duration.ofMillis(3)).pollInterval(Duration.ofMillis(1)).until(() -> true);
    }
  }

  /// Cuts whenever some more has come through, so that each connection brings something.
  private static void cutAgainAndAgain(
      CuttingProxy proxy, List<EventJson> seen, AtomicBoolean isOver, AtomicInteger cuts) {
    int next = 20;
    while (!isOver.get()) {
      int wanted = next;
      await()
          .pollInterval(Duration.ofMillis(2))
          .atMost(Duration.ofSeconds(50))
          .until(() -> isOver.get() || seen.size() >= wanted);
      try {
        proxy.cut();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      cuts.incrementAndGet();
      next = seen.size() + 60;
    }
  }

  @Test
  void an_id_that_this_journal_never_had_begins_it_anew() throws InterruptedException {
    AtomicInteger resets = new AtomicInteger();
    List<Long> seen = new ArrayList<>();
    long goal = last();
    test.client.events(
        1_000_000,
        new EventConsumer() {
          @Override
          public Next take(EventJson event) {
            seen.add(event.seq());
            return event.seq() >= goal ? Next.STOP : Next.GO_ON;
          }

          @Override
          public void reset() {
            resets.incrementAndGet();
          }
        });

    assertThat(resets.get()).isEqualTo(1);
    assertThat(seen).isEqualTo(range(1, goal));
  }

  @Test
  void the_last_event_id_goes_before_the_query() throws IOException {
    try (Reader reader = new Reader("/api/v1/events?after=1", "Last-Event-ID: 3\r\n")) {
      assertThat(reader.lineStartingWith("id:")).isEqualTo("id: 4");
    }
  }

  @Test
  void a_message_has_id_type_and_data_and_is_not_kept_by_proxies() throws IOException {
    append("olga");
    try (Reader reader = new Reader("/api/v1/events?after=" + (last() - 1), "")) {
      assertThat(reader.lineStartingWith("Content-Type")).containsIgnoringCase("text/event-stream");
      assertThat(reader.lineStartingWith("X-Accel-Buffering")).isEqualTo("X-Accel-Buffering: no");
      assertThat(reader.lineStartingWith("id:")).isEqualTo("id: " + last());
      assertThat(reader.lineStartingWith("event:")).isEqualTo("event: resumed");
      assertThat(reader.lineStartingWith("data:"))
          .startsWith("data: {\"seq\":" + last() + ",\"rollout\":\"" + rollout + "\"")
          .contains("\"text\":\"resumed by olga\"");
    }
  }

  @Test
  void a_quiet_stream_shows_that_it_is_alive_and_wakes_up() throws IOException {
    try (Reader reader = new Reader("/api/v1/events?after=" + last(), "")) {
      assertThat(reader.lineStartingWith(":")).isEqualTo(":");
      assertThat(reader.lineStartingWith(":")).isEqualTo(":");
      append("olga");
      assertThat(reader.lineStartingWith("id:")).isEqualTo("id: " + last());
    }
  }

  @Test
  void more_readers_than_there_are_seats_are_turned_away_until_one_leaves() throws IOException {
    List<Reader> readers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Reader reader = new Reader("/api/v1/events", "");
      assertThat(reader.lineStartingWith("id:")).isEqualTo("id: 1");
      readers.add(reader);
    }
    Raw.Answer refused = new Raw(test.server.port()).get("/api/v1/events");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.code()).isEqualTo("too-many-streams");
    for (Reader reader : readers) {
      reader.close();
    }
    await()
        .untilAsserted(() -> {
          try (Reader reader = new Reader("/api/v1/events", "")) {
            assertThat(reader.status()).contains("200");
          }
        });
  }

  @Test
  void a_reader_that_takes_nothing_is_cut_and_can_resume() throws IOException {
    test.close();
    test = new TestPlane(limits(1, Duration.ofMillis(300), Duration.ofSeconds(2)));
    rollout = startRollout();
    for (int i = 0; i < 100; i++) {
      append("x".repeat(60_000));
    }
    try (Reader slow = new Reader("/api/v1/events", "")) {
      assertThat(slow.lineStartingWith("id:")).isEqualTo("id: 1");
      assertThat(new Raw(test.server.port()).get("/api/v1/events").code())
          .isEqualTo("too-many-streams");
      // Its seat is free again although it has not closed the connection.
      await()
          .ignoreExceptionsMatching(e -> e instanceof ProblemException)
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() ->
              assertThat(numbers(follow(test.client, 1, last()))).isEqualTo(range(2, last())));
    }
  }

  @Test
  void a_request_that_takes_longer_than_the_idle_time_is_answered() {
    Instant until = Instant.now().plusSeconds(5);
    test.world.schema.reading =
        () -> await().pollInterval(Duration.ofMillis(50)).until(() -> Instant.now().isAfter(until));

    assertThat(test.client.tenant("acme").stores()).hasSize(1);
    assertThat(Instant.now()).isAfter(until);
  }

  @Test
  void a_consumer_hears_of_the_connection_and_can_stop_when_it_is_down()
      throws IOException, InterruptedException {
    List<EventConsumer.Link> links = new ArrayList<>();
    try (CuttingProxy proxy = new CuttingProxy(test.server.port());
        TrancheClient client = TestPlane.client(proxy.port())) {
      client.events(
          last(),
          new EventConsumer() {
            @Override
            public Next take(EventJson event) {
              return Next.GO_ON;
            }

            @Override
            public Next link(Link link) {
              links.add(link);
              if (link == Link.QUIET) {
                try {
                  proxy.end();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              }
              return links.stream().filter(l -> l == Link.DOWN).count() == 2
                  ? Next.STOP
                  : Next.GO_ON;
            }
          });
    }
    assertThat(links.getFirst()).isEqualTo(EventConsumer.Link.UP);
    assertThat(links).containsOnlyOnce(EventConsumer.Link.UP);
    assertThat(links.getLast()).isEqualTo(EventConsumer.Link.DOWN);
  }

  @Test
  void a_first_connection_that_fails_is_said_at_once() throws InterruptedException {
    int port = test.server.port();
    test.server.close();
    try (TrancheClient client = TestPlane.client(port)) {
      client.events(0, _ -> Next.STOP);
      throw new AssertionError("nobody answered");
    } catch (ProblemException e) {
      assertThat(e.problem().code()).isEqualTo("server-unreachable");
    }
  }

  @Test
  void closing_the_server_ends_its_streams() throws IOException {
    try (Reader reader = new Reader("/api/v1/events?after=" + last(), "")) {
      assertThat(reader.status()).contains("200");
      test.server.close();
      assertThat(reader.lineStartingWith("nothing more")).isEmpty();
    }
  }

  /// A connection to the stream that is read line by line.
  private final class Reader implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;
    private final String status;

    Reader(String path, String header) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), test.server.port());
      socket.setSoTimeout(20_000);
      String head =
          "GET "
              + path
              + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
              + TestPlane.TOKEN
              + "\r\n"
              + header
              + "\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 64);
      status = in.readLine();
    }

    String status() {
      return status;
    }

    /// The next line that begins so; empty at the end of the stream.
    String lineStartingWith(String start) throws IOException {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.regionMatches(true, 0, start, 0, start.length())) {
          return line;
        }
      }
      return "";
    }

    @Override
    public void close() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
