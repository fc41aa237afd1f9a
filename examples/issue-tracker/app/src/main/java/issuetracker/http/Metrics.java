package issuetracker.http;

import issuetracker.instance.Instance;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// Counts and times requests, in the Prometheus text format 0.0.4. The tenant is never a label:
/// there are too many of them.
public final class Metrics {
  private static final double[] BUCKET_SECONDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private final Instance.Identity identity;
  private final Map<Series, LongAdder> requests = new ConcurrentSkipListMap<>();
  private final LongAdder[] buckets = new LongAdder[BUCKET_SECONDS.length + 1];
  private final LongAdder totalNanos = new LongAdder();
  private final AtomicInteger inFlight = new AtomicInteger();

  /// Metrics of a process; the release is the one that the code is, not the one it was told to be.
  public Metrics(Instance.Identity identity) {
    this.identity = identity;
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = new LongAdder();
    }
  }

  void started() {
    inFlight.incrementAndGet();
  }

  void finished(String method, String route, int status, long nanos) {
    inFlight.decrementAndGet();
    Series series = new Series(method, route, status / 100 + "xx");
    requests.computeIfAbsent(series, _ -> new LongAdder()).increment();
    buckets[bucket(nanos / 1e9)].increment();
    totalNanos.add(nanos);
  }

  /// Everything, ready to be scraped.
  public String render() {
    StringBuilder out = new StringBuilder(4096);
    head(out, "http_requests_total", "counter", "Requests answered.");
    requests.forEach((series, count) ->
        out.append(
            "http_requests_total{method=\"%s\",route=\"%s\",status=\"%s\",release=\"%s\"} %d\n"
                .formatted(
                    series.method(), series.route(), series.status(), release(), count.sum())));
    head(out, "http_request_duration_seconds", "histogram", "Time from request to response.");
    renderHistogram(out);
    head(out, "http_requests_in_flight", "gauge", "Requests being answered now.");
    out.append("http_requests_in_flight ").append(inFlight.get()).append('\n');
    head(out, "issue_tracker_build_info", "gauge", "Which code this is; always 1.");
    out.append(
        "issue_tracker_build_info{release=\"%s\",instance=\"%s\",cell=\"%s\"} 1\n"
            .formatted(release(), escape(identity.instance()), escape(identity.cell())));
    return out.toString();
  }

  private void renderHistogram(StringBuilder out) {
    long upTo = 0;
    for (int i = 0; i < buckets.length; i++) {
      upTo += buckets[i].sum();
      String bound = i < BUCKET_SECONDS.length ? Double.toString(BUCKET_SECONDS[i]) : "+Inf";
      out.append(
          "http_request_duration_seconds_bucket{release=\"%s\",le=\"%s\"} %d\n"
              .formatted(release(), bound, upTo));
    }
    out.append(
        String.format(
            Locale.ROOT,
            "http_request_duration_seconds_sum{release=\"%s\"} %.6f\n",
            release(),
            totalNanos.sum() / 1e9));
    out.append(
        "http_request_duration_seconds_count{release=\"%s\"} %d\n".formatted(release(), upTo));
  }

  private String release() {
    return escape(identity.release());
  }

  private static int bucket(double seconds) {
    int bucket = 0;
    while (bucket < BUCKET_SECONDS.length && seconds > BUCKET_SECONDS[bucket]) {
      bucket++;
    }
    return bucket;
  }

  private static void head(StringBuilder out, String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static String escape(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private record Series(String method, String route, String status) implements Comparable<Series> {
    @Override
    public int compareTo(Series other) {
      return (route + ' ' + method + ' ' + status)
          .compareTo(other.route + ' ' + other.method + ' ' + other.status);
    }
  }
}
