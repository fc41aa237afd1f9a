package tranche.api.rollout;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tranche.api.problem.RecordedJson;

/// An entry of the journal; the data of one event of the stream.
///
/// `seq` grows over all rollouts, with gaps. `type` is the kind of entry, for instance `started`,
/// `intended`, `performed`, `step-failed`, `tenant-failed`, `halted` or `finished`; more may come.
/// `text` says it in one sentence. `detail` has what the type has besides.
public record EventJson(
    long seq, String rollout, Instant at, long epoch, String type, String text, Detail detail) {

  /// What an entry says besides its sentence; each member is there only where it means something.
  ///
  /// `step` is the id of a step, `kind` and `subject` are its two parts. `tenants` are those named,
  /// or the tenants of a step's exception, the first hundred; `count` is how many they are. `until`
  /// ends a bake. `verdict` is `healthy`, `unhealthy` or `inconclusive`. `again` is true if a
  /// failed step will be tried again. `subject` of an approval is what was approved.
  public record Detail(
      Optional<String> step,
      Optional<String> kind,
      Optional<String> subject,
      Optional<Integer> attempt,
      Optional<String> tenant,
      List<String> tenants,
      Optional<Integer> count,
      Optional<String> by,
      Optional<String> reason,
      Optional<String> plan,
      Optional<RecordedJson> problem,
      Optional<Boolean> again,
      Optional<Instant> until,
      Optional<VerdictJson> verdict,
      Optional<String> ending) {
    public Detail {
      tenants = List.copyOf(tenants);
    }
  }

  /// A verdict with the counts it rests on; `missing` says why there are none.
  public record VerdictJson(
      String verdict,
      String summary,
      Counts baseline,
      Counts candidate,
      Optional<String> missing) {}

  /// Requests that an arm answered, and how many of them failed.
  public record Counts(long requests, long errors) {}
}
