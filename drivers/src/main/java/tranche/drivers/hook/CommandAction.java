package tranche.drivers.hook;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tranche.engine.fanout.Hooks;

/// Starts a program with exactly the configured arguments and waits for it.
///
/// It sees `PATH`, `HOME`, `LANG` and `TMPDIR` of this process, the configured variables, and what
/// the event knows as `TRANCHE_EVENT`, `TRANCHE_RUN`, `TRANCHE_SCHEMA` and so on; nothing else of
/// our environment, where passwords may be. Its input is empty. An exit code other than 0 is a
/// failure, which quotes the end of what it printed.
public final class CommandAction implements HookAction {
  private static final List<String> INHERITED = List.of("PATH", "HOME", "LANG", "TMPDIR");
  private static final Duration KILL = Duration.ofSeconds(5);

  private final List<String> arguments;
  private final Map<String, String> environment;
  private final Path folder;

  /// @param arguments the program and its arguments
  /// @param environment further variables
  /// @param folder where it is started
  public CommandAction(List<String> arguments, Map<String, String> environment, Path folder) {
    this.arguments = List.copyOf(arguments);
    this.environment = Map.copyOf(environment);
    this.folder = folder;
  }

  @Override
  public void call(Hooks.Context context, Duration limit) throws HookFailure, InterruptedException {
    Process process = start(context);
    OutputTail output = OutputTail.of(process.getInputStream());
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new HookFailure("it did not end within " + limit.toMillis() + " ms and was stopped");
      }
      if (process.exitValue() != 0) {
        throw new HookFailure(
            "it ended with exit code " + process.exitValue() + quoted(output.text()));
      }
    } finally {
      stop(process);
    }
  }

  private Process start(Hooks.Context context) throws HookFailure {
    var builder =
        new ProcessBuilder(arguments).directory(folder.toFile()).redirectErrorStream(true);
    Map<String, String> variables = builder.environment();
    variables.keySet().retainAll(INHERITED);
    variables.putAll(environment);
    context
        .values()
        .forEach((name, value) ->
            variables.put("TRANCHE_" + name.toUpperCase(Locale.ROOT), oneLine(value)));
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new HookFailure("it cannot be started: " + e.getMessage(), e);
    }
  }

  // A variable can hold anything but NUL.
  private static String oneLine(String value) {
    return value.replace('\0', ' ');
  }

  private static String quoted(String output) {
    String text = output.strip();
    return text.isEmpty() ? "" : ": " + text;
  }

  /// Ends the program and what it has started.
  private static void stop(Process process) throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    if (!process.waitFor(KILL.toMillis(), TimeUnit.MILLISECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor(KILL.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
