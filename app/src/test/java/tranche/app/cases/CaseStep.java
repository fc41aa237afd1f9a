package tranche.app.cases;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tranche.core.fanout.ApplyOptions;
import tranche.core.fanout.OnError;
import tranche.core.fanout.RevertOptions;
import tranche.core.release.SchemaVersion;

/// One line of `steps`:
///
/// - `apply [--to V] [--out-of-order] [--on-error X] [--folder NAME] [--parallel N] [--allow
///   RULES]`, and `twice` with the same options for two runs at one time;
/// - `revert --to V | --last N [--accept-data-loss]`;
/// - `adopt KIND [--folder NAME]`;
/// - `sql FILE`;
/// - `writers`, which start to write and go on to the end;
/// - `hold STORE SQL`, a session that runs a statement and stays in its transaction, and `let-go`.
record CaseStep(String line, List<String> words) {
  static CaseStep of(String line) {
    return new CaseStep(line.strip(), Arrays.asList(line.strip().split("\\s+", -1)));
  }

  String command() {
    return words.getFirst();
  }

  /// The word behind the command.
  String argument() {
    return words.get(1);
  }

  /// All behind the first two words.
  String rest() {
    return String.join(" ", words.subList(2, words.size()));
  }

  String folder() {
    return value("--folder").orElse("migrations");
  }

  int parallel() {
    return value("--parallel").map(Integer::valueOf).orElse(2);
  }

  List<String> allowed() {
    return value("--allow").map(rules -> Arrays.asList(rules.split(",", -1))).orElse(List.of());
  }

  OnError onError() {
    return value("--on-error").map(v -> OnError.parse(v).orElseThrow()).orElse(new OnError.Stop());
  }

  ApplyOptions applyOptions() {
    return new ApplyOptions(
        value("--to").map(SchemaVersion::new),
        words.contains("--out-of-order")
            ? ApplyOptions.OutOfOrder.ALLOWED
            : ApplyOptions.OutOfOrder.REFUSED);
  }

  RevertOptions revertOptions() {
    RevertOptions.Scope scope =
        value("--last")
            .<RevertOptions.Scope>map(n -> new RevertOptions.Scope.Last(Integer.parseInt(n)))
            .orElseGet(() ->
                new RevertOptions.Scope.DownTo(new SchemaVersion(value("--to").orElseThrow())));
    return new RevertOptions(
        scope,
        words.contains("--accept-data-loss")
            ? RevertOptions.DataLoss.ACCEPTED
            : RevertOptions.DataLoss.REFUSED);
  }

  private Optional<String> value(String option) {
    int at = words.indexOf(option);
    return at < 0 ? Optional.empty() : Optional.of(words.get(at + 1));
  }
}
