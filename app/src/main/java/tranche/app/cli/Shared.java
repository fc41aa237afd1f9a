package tranche.app.cli;

import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tranche.app.cli.connect.Hints;
import tranche.app.cli.render.Look;

/// The options that every command has.
final class Shared implements Voice {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES}. Default: table.")
  private Format format = Format.TABLE;

  @Option(names = "--server", paramLabel = "URL", description = "The control plane's address.")
  private Optional<String> server = Optional.empty();

  @Option(names = "--token-file", paramLabel = "FILE", description = "The file with its token.")
  private Optional<String> tokenFile = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data folder of a control plane on this machine.")
  private Optional<String> data = Optional.empty();

  @Mixin private Appearance appearance = new Appearance();

  Format format() {
    return format;
  }

  boolean isQuiet() {
    return appearance.isQuiet();
  }

  Hints hints(Surroundings surroundings) {
    Optional<String> tokens = tokenFile.or(() -> surroundings.variable("TRANCHE_TOKEN_FILE"));
    Optional<String> folder = data.or(() -> surroundings.variable("TRANCHE_DATA"));
    // A folder named on the command line is nearer than a server named in the environment.
    Optional<String> named =
        server.or(
            () -> data.isPresent() ? Optional.empty() : surroundings.variable("TRANCHE_SERVER"));
    return new Hints(named, tokens, folder);
  }

  /// The look of what goes to the standard output.
  Look look(Surroundings surroundings) {
    Look look = appearance.look(surroundings);
    return format == Format.WIDE ? look.fitting(Look.UNLIMITED) : look;
  }

  @Override
  public boolean isJson() {
    return format == Format.JSON;
  }

  @Override
  public Look errorLook(Surroundings surroundings) {
    Look look = appearance.errorLook(surroundings);
    return format == Format.WIDE ? look.fitting(Look.UNLIMITED) : look;
  }
}
