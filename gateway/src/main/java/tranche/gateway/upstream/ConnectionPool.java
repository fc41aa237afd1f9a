package tranche.gateway.upstream;

import io.undertow.client.ClientConnection;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;
import org.xnio.XnioIoThread;

/// Idle connections to one instance, kept apart by I/O thread: a connection is used only by the
/// thread it belongs to, so nothing here is shared between threads except the map of shelves.
///
/// A connection rests at most [#MAX_IDLE_MILLIS], far less than an application keeps it: a request
/// that must not be sent twice would otherwise meet connections that the application just closed.
public final class ConnectionPool {
  /// Longest rest of a connection.
  public static final long MAX_IDLE_MILLIS = 20_000;

  private static final int MAX_IDLE_PER_THREAD = 64;

  private record Idle(ClientConnection connection, long since) {}

  private static final class Shelf {
    private final ArrayDeque<Idle> idle = new ArrayDeque<>();
    private boolean cleaningPlanned;
  }

  private final Map<XnioIoThread, Shelf> shelves = new ConcurrentHashMap<>();

  ConnectionPool() {}

  /// The connection used last by this thread, if an open one rests here. Call on that thread.
  public Optional<ClientConnection> take(XnioIoThread thread) {
    Shelf shelf = shelves.get(thread);
    if (shelf == null) {
      return Optional.empty();
    }
    for (Idle idle = shelf.idle.pollLast(); idle != null; idle = shelf.idle.pollLast()) {
      if (idle.connection.isOpen() && !expired(idle)) {
        return Optional.of(idle.connection);
      }
      IoUtils.safeClose(idle.connection);
    }
    return Optional.empty();
  }

  /// Puts a connection to rest. Call on its thread.
  public void give(ClientConnection connection) {
    XnioIoThread thread = connection.getIoThread();
    Shelf shelf = shelves.computeIfAbsent(thread, _ -> new Shelf());
    if (shelf.idle.size() >= MAX_IDLE_PER_THREAD) {
      IoUtils.safeClose(connection);
      return;
    }
    shelf.idle.addLast(new Idle(connection, System.nanoTime()));
    planCleaning(thread, shelf);
  }

  /// Closes what rests here, on the threads it belongs to.
  void closeIdle() {
    shelves.forEach((thread, shelf) -> thread.execute(() -> closeAll(shelf)));
  }

  private static void closeAll(Shelf shelf) {
    for (Idle idle = shelf.idle.poll(); idle != null; idle = shelf.idle.poll()) {
      IoUtils.safeClose(idle.connection);
    }
  }

  private static void planCleaning(XnioIoThread thread, Shelf shelf) {
    if (!shelf.cleaningPlanned) {
      shelf.cleaningPlanned = true;
      thread.executeAfter(() -> clean(thread, shelf), MAX_IDLE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private static void clean(XnioIoThread thread, Shelf shelf) {
    shelf.cleaningPlanned = false;
    for (Idle idle = shelf.idle.peek(); idle != null && expired(idle); idle = shelf.idle.peek()) {
      shelf.idle.poll();
      IoUtils.safeClose(idle.connection);
    }
    if (!shelf.idle.isEmpty()) {
      planCleaning(thread, shelf);
    }
  }

  private static boolean expired(Idle idle) {
    return System.nanoTime() - idle.since >= TimeUnit.MILLISECONDS.toNanos(MAX_IDLE_MILLIS);
  }
}
