package tranche.engine.rollout;

import tranche.core.release.Release;
import tranche.core.release.ReleaseId;
import tranche.core.release.ReleaseProblem;
import tranche.engine.release.ReleaseStore;

/// Finds a release that something refers to.
@FunctionalInterface
public interface ReleaseLookup {
  /// The release of that name.
  ///
  /// @throws tranche.core.problem.ProblemException [ReleaseProblem.UnknownRelease]
  Release require(ReleaseId id);

  /// Looks in a store.
  static ReleaseLookup in(ReleaseStore store) {
    return id ->
        store.find(id).orElseThrow(() -> new ReleaseProblem.UnknownRelease(id.value()).exception());
  }
}
