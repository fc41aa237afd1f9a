package tranche.gateway.upstream;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import tranche.gateway.route.Instance;

/// One instance with everything that is known about it at this moment. It lives as long as the same
/// instance stays in the table, and beyond that until its last request has ended.
public final class LiveInstance {

  /// What makes an instance the same one in two tables.
  public record Identity(String cell, String release, String id, String host, int port) {}

  private final Identity identity;
  private final ConnectionPool connections;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicBoolean checking = new AtomicBoolean();
  private final AtomicLong connectFailures = new AtomicLong();

  private volatile String readinessPath;
  private volatile boolean draining;
  private volatile boolean listed;
  private volatile Health health = Health.UNKNOWN;

  /// Results in a row that speak against the current state; guarded by this.
  private int contrary;

  LiveInstance(Identity identity, String readinessPath, Instance content) {
    this.identity = identity;
    this.readinessPath = readinessPath;
    this.draining = content.draining();
    this.listed = true;
    this.connections = new ConnectionPool();
  }

  /// What names this instance.
  public Identity identity() {
    return identity;
  }

  /// Idle connections to it.
  public ConnectionPool connections() {
    return connections;
  }

  /// Requests it is working on now.
  public int inFlight() {
    return inFlight.get();
  }

  /// Requests it was given since the gateway started.
  public long requests() {
    return requests.get();
  }

  /// Whether the table says that it drains, or it has left the table.
  public boolean draining() {
    return draining || !listed;
  }

  /// Whether the table in force still has it.
  public boolean listed() {
    return listed;
  }

  /// What the checks say.
  public Health health() {
    return health;
  }

  String readinessPath() {
    return readinessPath;
  }

  /// True when a new request may be given to it now.
  boolean usable() {
    return listed && !draining && health.ready();
  }

  /// Takes a place for one request, unless the instance may not have it.
  ///
  /// The count is raised before the flags are read, while [#update] and [#retire] set the flags
  /// before anybody reads the count: so once a drain has been answered, a count of 0 is final.
  public boolean begin(int limit) {
    int now = inFlight.incrementAndGet();
    if (now > limit || !usable()) {
      inFlight.decrementAndGet();
      return false;
    }
    requests.incrementAndGet();
    return true;
  }

  /// Gives back the place of one request.
  public void end() {
    inFlight.decrementAndGet();
  }

  synchronized void update(String newReadinessPath, Instance content) {
    if (!listed) {
      // It was away: what was known about it may be about another process.
      health = Health.UNKNOWN;
      contrary = 0;
    }
    readinessPath = newReadinessPath;
    listed = true;
    draining = content.draining();
    if (draining) {
      connections.closeIdle();
    }
  }

  void retire() {
    listed = false;
    connections.closeIdle();
  }

  /// A connection could not be opened: not ready until the next passed check.
  public synchronized void connectFailed(String reason) {
    connectFailures.incrementAndGet();
    contrary = 0;
    health = new Health(false, reason, health.lastCheckAt());
  }

  /// A marker to be given back to [#checked], so that a check that began before a failed connection
  /// cannot overrule it.
  long checkMark() {
    return connectFailures.get();
  }

  boolean startCheck() {
    return checking.compareAndSet(false, true);
  }

  void endCheck() {
    checking.set(false);
  }

  synchronized void checked(CheckResult result, long mark, HealthRules rules, Instant at) {
    Health before = health;
    if (result.passed() && mark != connectFailures.get()) {
      return;
    }
    if (result.passed() == before.ready()) {
      contrary = 0;
      health = new Health(before.ready(), result.reason(), at);
      return;
    }
    contrary++;
    int needed = result.passed() ? rules.healthyAfter() : rules.unhealthyAfter();
    boolean flips = contrary >= needed;
    if (flips) {
      contrary = 0;
    }
    health = new Health(flips == result.passed(), result.reason(), at);
  }

  @Override
  public String toString() {
    return identity.release() + "/" + identity.id();
  }
}
