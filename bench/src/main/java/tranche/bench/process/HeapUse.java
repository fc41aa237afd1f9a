package tranche.bench.process;

import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How much of its heap a process used, as its own log of collections says.
///
/// @param highMegabytes the most that was in use at once, garbage included: just before a
///   collection, or at the end
/// @param liveMegabytes the most that was left after a collection; empty if there was none
public record HeapUse(double highMegabytes, OptionalDouble liveMegabytes) {
  /// What the JVM must be told so that its log has what is needed.
  static final String LOG = "-Xlog:gc,gc+exit:file=";

  private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\(\\d+M\\)");
  private static final Pattern SPACE_AT_END = Pattern.compile("total \\d+K, used (\\d+)K");
  private static final double KILO = 1024;

  /// Reads the lines of a log.
  ///
  /// @throws IllegalArgumentException if it does not say how the process ended: it was killed, or
  ///   has another collector than the ones known here
  static HeapUse parse(List<String> log) {
    double high = 0;
    OptionalDouble live = OptionalDouble.empty();
    double atEnd = 0;
    for (String line : log) {
      Matcher collection = COLLECTION.matcher(line);
      if (collection.find()) {
        high = Math.max(high, Double.parseDouble(collection.group(1)));
        live = OptionalDouble.of(Math.max(live.orElse(0), Double.parseDouble(collection.group(2))));
      }
      Matcher space = SPACE_AT_END.matcher(line);
      if (space.find()) {
        atEnd += Double.parseDouble(space.group(1)) / KILO;
      }
    }
    if (atEnd == 0) {
      throw new IllegalArgumentException("the log does not say how much was in use at the end");
    }
    return new HeapUse(Math.max(high, atEnd), live);
  }
}
