package tranche.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// What Linux says about a process's memory, in megabytes.
///
/// @param values by the names that `/proc/PID/status` has for them
record Memory(Map<String, Double> values) {
  /// The most that was resident at once since the program began.
  static final String PEAK = "VmHWM";

  /// Resident now, shared memory that it has touched included.
  static final String RESIDENT = "VmRSS";

  /// Resident now and nobody else's: what it has allocated.
  static final String ANONYMOUS = "RssAnon";

  private static final List<String> NAMES = List.of(PEAK, RESIDENT, ANONYMOUS);
  private static final double KILO = 1024;

  Memory {
    values = Map.copyOf(values);
  }

  /// Asks for one process. Nothing is known of one that has ended, nor on another system.
  static Memory of(long pid) {
    Map<String, Double> values = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        int colon = line.indexOf(':');
        if (colon > 0 && NAMES.contains(line.substring(0, colon))) {
          String kilobytes = line.substring(colon + 1).replace("kB", "").strip();
          values.put(line.substring(0, colon), Long.parseLong(kilobytes) / KILO);
        }
      }
    } catch (IOException _) {
      // It has ended between two lines or before the first; then there is nothing to be known.
      return new Memory(Map.of());
    }
    return new Memory(values);
  }

  OptionalDouble of(String name) {
    Double value = values.get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
