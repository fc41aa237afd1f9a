package tranche.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The computer and the JVM, as far as they explain a figure.
public final class Machine {
  private static final Path CPU = Path.of("/proc/cpuinfo");
  private static final Path MEMORY = Path.of("/proc/meminfo");

  private Machine() {}

  /// The facts by name. What cannot be found out on this system is left out.
  ///
  /// @throws UncheckedIOException when a file of the system cannot be read
  public static Map<String, String> facts() {
    var facts = new LinkedHashMap<String, String>();
    var system = ManagementFactory.getOperatingSystemMXBean();
    facts.put("cores", Integer.toString(system.getAvailableProcessors()));
    put(facts, "cpu", CPU, "model name");
    put(facts, "memory", MEMORY, "MemTotal");
    facts.put("system", system.getName() + " " + system.getVersion() + " " + system.getArch());
    facts.put(
        "jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    facts.put("jvm_options", options());
    facts.put("heap_max", (Runtime.getRuntime().maxMemory() >> 20) + " MB");
    facts.put("load_before", "%.2f".formatted(load()));
    return facts;
  }

  /// What the JVM of the benchmark was told; names and values of system properties are left out.
  private static String options() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-X"))
        .collect(Collectors.joining(" "));
  }

  /// How many processes wanted to run in the last minute, on average; negative when unknown.
  public static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static void put(Map<String, String> facts, String name, Path file, String key) {
    if (!Files.isReadable(file)) {
      return;
    }
    try (var lines = Files.lines(file)) {
      lines
          .filter(line -> line.startsWith(key))
          .findFirst()
          .ifPresent(line -> facts.put(name, line.substring(line.indexOf(':') + 1).strip()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
