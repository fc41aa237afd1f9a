package tranche.drivers.hook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The program that the tests have hooks start.
final class SampleHook {
  private SampleHook() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> rest = List.of(arguments).subList(1, arguments.length);
    switch (arguments[0]) {
      case "tell" -> tell(rest);
      case "fail" -> {
        System.out.println("x".repeat(100_000));
        System.out.println("no, sorry");
        System.exit(3);
      }
      case "hang" -> hang();
      case "wait" -> new CountDownLatch(1).await(1, TimeUnit.MINUTES);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void tell(List<String> rest) throws IOException {
    List<String> lines = new ArrayList<>(List.of(rest.toString()));
    new TreeMap<>(System.getenv()).forEach((name, value) -> lines.add(name + "=" + value));
    Files.write(Path.of("seen"), lines);
  }

  private static void hang() throws IOException, InterruptedException {
    Process child = new ProcessBuilder(command("wait")).start();
    Files.writeString(Path.of("child"), String.valueOf(child.pid()));
    child.waitFor();
  }

  /// How to start this program in that mode.
  static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            SampleHook.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }
}
