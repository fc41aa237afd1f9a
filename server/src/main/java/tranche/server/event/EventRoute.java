package tranche.server.event;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import tranche.api.Wire;
import tranche.api.rollout.EventJson;
import tranche.core.rollout.JournalEntry;
import tranche.engine.control.ControlPlane;
import tranche.server.http.Ask;
import tranche.server.http.Routes;

/// The journal as server-sent events; `id` is the sequence number.
///
/// A stream begins after the number that the reader has seen last and sends what the journal holds
/// behind it, page by page, each page read after the last entry of the page before. The journal
/// shows an entry only when none with a lower number can still appear, so nothing is missed and
/// nothing sent twice, whatever is appended meanwhile. A reader who is too slow blocks its own
/// stream only; when nothing could be written for the connection's idle time it is cut, and
/// resumes.
///
/// A number that is higher than any in the journal belongs to another journal: the reader is told
/// (`reset`) and gets this one from the start.
public final class EventRoute implements AutoCloseable {
  private static final String HEARTBEAT = ":\n\n";

  private final ControlPlane plane;
  private final StreamLimits limits;
  private final JournalTail tail;
  private final Semaphore seats;

  /// Streams the journal of that control plane.
  public EventRoute(ControlPlane plane, StreamLimits limits) {
    this.plane = plane;
    this.limits = limits;
    this.tail = new JournalTail(after -> !plane.events(after, 1).isEmpty(), limits.poll());
    this.seats = new Semaphore(limits.streams());
  }

  /// Declares the route and begins to look at the journal when somebody reads.
  public void register(Routes routes) {
    routes.stream("/events", Set.of("after"), this::stream);
    tail.start();
  }

  private void stream(Ask ask) throws IOException, InterruptedException {
    long seen = ask.lastEventId();
    if (!seats.tryAcquire()) {
      throw new StreamProblem.TooManyStreams(limits.streams()).exception();
    }
    try {
      // What cannot be read is a problem now, before the answer has begun.
      boolean isKnown = seen == 0 || !plane.events(seen - 1, 1).isEmpty();
      OutputStream out = begin(ask.context().res());
      if (!isKnown) {
        write(out, "id: 0\nevent: reset\ndata: {\"after\":0}\n\n");
      }
      out.flush();
      follow(isKnown ? seen : 0, out);
    } finally {
      seats.release();
    }
  }

  private static OutputStream begin(HttpServletResponse response) throws IOException {
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    OutputStream out = response.getOutputStream();
    write(out, "retry: 1000\n\n");
    return out;
  }

  private void follow(long after, OutputStream out) throws IOException, InterruptedException {
    long last = after;
    while (!tail.isClosed()) {
      List<JournalEntry> entries = plane.events(last, limits.page());
      for (JournalEntry entry : entries) {
        write(out, message(EventWords.of(entry)));
        last = entry.seq();
      }
      if (entries.isEmpty() && !tail.await(last, limits.heartbeat())) {
        write(out, HEARTBEAT);
      }
      out.flush();
    }
  }

  private static String message(EventJson event) {
    String data = Wire.tolerant().writeValueAsString(event);
    return "id: " + event.seq() + "\nevent: " + event.type() + "\ndata: " + data + "\n\n";
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Ends all streams.
  @Override
  public void close() {
    tail.close();
  }
}
