package tranche.app.cli;

import java.util.Optional;
import tranche.api.problem.RecordedJson;
import tranche.core.problem.Problem;

/// What `-o json` prints, in both outcomes. Exactly one of `data` and `problem` is there;
/// `serverVersion` is absent if no control plane answered.
public record Envelope(
    boolean ok,
    String kind,
    Optional<Object> data,
    Optional<RecordedJson> problem,
    Optional<String> serverVersion) {

  static Envelope of(String kind, Object data, String serverVersion) {
    return new Envelope(
        true, kind, Optional.of(data), Optional.empty(), Optional.of(serverVersion));
  }

  /// What a command says that no control plane was asked for.
  public static Envelope of(String kind, Object data) {
    return new Envelope(true, kind, Optional.of(data), Optional.empty(), Optional.empty());
  }

  static Envelope of(Problem problem) {
    return new Envelope(
        false,
        "problem",
        Optional.empty(),
        Optional.of(RecordedJson.of(problem)),
        Optional.empty());
  }
}
