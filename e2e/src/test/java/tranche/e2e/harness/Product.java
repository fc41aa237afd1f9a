package tranche.e2e.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Where the assembled product and the example application are.
public final class Product {
  private Product() {}

  /// The folder of the sources, with everything built in it.
  public static Path root() {
    String root = System.getProperty("tranche.root", "");
    if (root.isEmpty()) {
      throw new IllegalStateException("run these tests with `mvn verify`, which sets tranche.root");
    }
    return Path.of(root).toAbsolutePath().normalize();
  }

  /// The example application.
  static Path example() {
    return root().resolve("examples/issue-tracker");
  }

  /// A `tranche` command line.
  public static List<String> tranche(List<String> arguments) {
    List<String> command = java("-Dtranche.home=" + root(), "-Xmx384m", "-XX:TieredStopAtLevel=1");
    command.addAll(
        List.of("-jar", root().resolve("app/target/tranche/lib/tranche.jar").toString()));
    command.addAll(arguments);
    return command;
  }

  /// A command line of the load generator.
  static List<String> load(List<String> arguments) {
    Path jar = example().resolve("load/target/issue-tracker-load.jar");
    List<String> command = java("-Xmx128m", "-XX:+UseSerialGC", "-jar", jar.toString());
    command.addAll(arguments);
    return command;
  }

  private static List<String> java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(arguments));
    return command;
  }
}
