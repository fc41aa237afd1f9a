package tranche.app.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import tranche.core.fanout.RevertOptions;
import tranche.core.fanout.RevertOptions.DataLoss;
import tranche.core.fanout.RevertOptions.Scope;
import tranche.core.release.SchemaVersion;

/// The options that say how much is taken back, and at what price.
final class RevertOptionsGiven {
  private static final int MOST = 1000;

  @Option(
      names = "--to",
      paramLabel = "VERSION",
      description = "Take back every version above this one, which stays; 0 takes back all.")
  private Optional<String> to = Optional.empty();

  @Option(
      names = "--last",
      paramLabel = "N",
      description = "Take back the N versions that are the newest of each store.")
  private Optional<Integer> last = Optional.empty();

  @Option(
      names = "--run",
      paramLabel = "ID",
      description = "Take back what this run applied, wherever it did.")
  private Optional<String> run = Optional.empty();

  @Option(
      names = "--accept-data-loss",
      description = "Also take back what loses data by that. Without it such stores are refused.")
  private boolean isLossAccepted;

  @Option(
      names = "--search-path",
      paramLabel = "SCHEMA,...",
      split = ",",
      description = "Further schemas that unqualified names may come from, after the store's own.")
  private List<String> searchPath = List.of();

  List<String> searchPath() {
    return searchPath;
  }

  /// @throws tranche.core.problem.ProblemException [SchemaProblem.RevertWithoutScope],
  ///   [SchemaProblem.OptionNotUnderstood]
  RevertOptions options() {
    List<Scope> scopes = new ArrayList<>();
    to.ifPresent(text -> scopes.add(new Scope.DownTo(version(text))));
    last.ifPresent(count -> scopes.add(new Scope.Last(inRange(count))));
    run.ifPresent(id -> scopes.add(new Scope.Run(id)));
    if (scopes.size() != 1) {
      throw new SchemaProblem.RevertWithoutScope(scopes.size()).exception();
    }
    return new RevertOptions(
        scopes.getFirst(), isLossAccepted ? DataLoss.ACCEPTED : DataLoss.REFUSED);
  }

  private static SchemaVersion version(String text) {
    return VersionOptions.version("--to", text);
  }

  private static int inRange(int count) {
    if (count < 1 || count > MOST) {
      throw new SchemaProblem.OptionNotUnderstood(
              "--last", String.valueOf(count), "a number from 1 to " + MOST)
          .exception();
    }
    return count;
  }
}
