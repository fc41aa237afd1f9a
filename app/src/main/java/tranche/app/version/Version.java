package tranche.app.version;

import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `tranche version`: which Tranche this is and on which Java it runs.
@Command(name = "version", description = "Print the version and the Java it runs on.")
public final class Version implements Callable<Integer>, IVersionProvider {
  @Spec private CommandSpec command = CommandSpec.create();

  /// An instance for picocli.
  public Version() {}

  /// The version of this program, `unpackaged` for classes that run without their jar.
  public static String number() {
    String packaged = Version.class.getPackage().getImplementationVersion();
    return Objects.requireNonNullElse(packaged, "unpackaged");
  }

  @Override
  public Integer call() {
    command.commandLine().getOut().println(line());
    return 0;
  }

  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }

  /// The version is in the manifest of the jar; classes that run unpacked have none.
  private static String line() {
    return "tranche %s (Java %s)".formatted(number(), Runtime.version().feature());
  }
}
