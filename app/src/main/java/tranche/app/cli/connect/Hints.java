package tranche.app.cli.connect;

import java.util.Optional;

/// What a person said about where the control plane is: by option or, failing that, by environment.
public record Hints(Optional<String> server, Optional<String> tokenFile, Optional<String> data) {
  /// Nothing was said.
  public static Hints none() {
    return new Hints(Optional.empty(), Optional.empty(), Optional.empty());
  }
}
