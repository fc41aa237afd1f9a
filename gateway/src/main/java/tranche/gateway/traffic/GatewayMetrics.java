package tranche.gateway.traffic;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import tranche.gateway.route.TableVersion;
import tranche.gateway.upstream.LiveInstance;

/// Counters for a monitoring system, by cell and release; a tenant is never a label.
public final class GatewayMetrics {
  private static final String[] CLASSES = {"1xx", "2xx", "3xx", "4xx", "5xx"};

  /// Cells and arms that left the table are forgotten beyond this many.
  private static final int MAX_SERIES = 80_000;

  private record Arm(String cell, String release) {}

  private final Map<Arm, AtomicLongArray> arms = new ConcurrentHashMap<>();
  private final LongAdder retries = new LongAdder();
  private final LongAdder noReady = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder previews = new LongAdder();
  private final LongAdder connectFailures = new LongAdder();

  void finished(String cell, String release, int status) {
    if (arms.size() > MAX_SERIES) {
      arms.clear();
    }
    int index = Math.clamp(status / 100 - 1, 0, CLASSES.length - 1);
    arms.computeIfAbsent(new Arm(cell, release), _ -> new AtomicLongArray(CLASSES.length))
        .incrementAndGet(index);
  }

  void retried() {
    retries.increment();
  }

  void noReadyInstance() {
    noReady.increment();
  }

  void refusedRequest() {
    refused.increment();
  }

  void previewed() {
    previews.increment();
  }

  void connectFailed() {
    connectFailures.increment();
  }

  /// Everything in the Prometheus text format.
  public String text(TableVersion version, Collection<LiveInstance> instances) {
    StringBuilder out = new StringBuilder(4096);
    family(out, "tranche_gateway_requests_total", "counter", "Requests answered, by arm.");
    arms.forEach((arm, counts) -> requests(out, arm, counts));
    single(out, "retries_total", "counter", retries.sum(), "Attempts after the first.");
    single(
        out, "no_ready_instance_total", "counter", noReady.sum(), "Answers 503 for no instance.");
    single(out, "refused_total", "counter", refused.sum(), "Requests refused before routing.");
    single(out, "preview_requests_total", "counter", previews.sum(), "Preview requests.");
    single(
        out,
        "connect_failures_total",
        "counter",
        connectFailures.sum(),
        "Connections to instances that could not be opened.");
    single(out, "table_epoch", "gauge", version.epoch(), "Epoch of the table in force.");
    single(out, "table_version", "gauge", version.version(), "Version of the table in force.");
    instances(out, instances);
    return out.toString();
  }

  private static void requests(StringBuilder out, Arm arm, AtomicLongArray counts) {
    for (int i = 0; i < CLASSES.length; i++) {
      if (counts.get(i) > 0) {
        out.append("tranche_gateway_requests_total{")
            .append(labels(arm))
            .append(",status=\"")
            .append(CLASSES[i])
            .append("\"} ")
            .append(counts.get(i))
            .append('\n');
      }
    }
  }

  private static void instances(StringBuilder out, Collection<LiveInstance> instances) {
    Map<String, long[]> byArm = new TreeMap<>();
    for (LiveInstance instance : instances) {
      Arm arm = new Arm(instance.identity().cell(), instance.identity().release());
      long[] sums = byArm.computeIfAbsent(labels(arm), _ -> new long[2]);
      sums[0] += instance.health().ready() && !instance.draining() ? 1 : 0;
      sums[1] += instance.inFlight();
    }
    family(out, "tranche_gateway_ready_instances", "gauge", "Instances that may be used.");
    byArm.forEach((labels, sums) -> gauge(out, "ready_instances", labels, sums[0]));
    family(out, "tranche_gateway_in_flight_requests", "gauge", "Requests in flight.");
    byArm.forEach((labels, sums) -> gauge(out, "in_flight_requests", labels, sums[1]));
  }

  private static void gauge(StringBuilder out, String name, String labels, long value) {
    out.append("tranche_gateway_").append(name).append('{').append(labels).append("} ");
    out.append(value).append('\n');
  }

  private static void single(StringBuilder out, String name, String type, long value, String help) {
    family(out, "tranche_gateway_" + name, type, help);
    out.append("tranche_gateway_").append(name).append(' ').append(value).append('\n');
  }

  private static void family(StringBuilder out, String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  /// Ids have no quotes, backslashes or line ends, by the rules of the table.
  private static String labels(Arm arm) {
    return "cell=\"" + arm.cell + "\",release=\"" + arm.release + "\"";
  }
}
