package tranche.engine.release;

import java.util.List;
import java.util.Optional;
import tranche.core.release.Release;
import tranche.core.release.ReleaseId;

/// The releases that were created. Immutable: what is stored under a name never changes.
public interface ReleaseStore {
  /// Stores a release. Storing the same content again changes nothing.
  ///
  /// @throws tranche.core.problem.ProblemException
  ///   [tranche.core.release.ReleaseProblem.ReleaseChanged] if the name is taken by other content
  void create(Release release);

  /// The release of that name.
  Optional<Release> find(ReleaseId id);

  /// All releases, oldest first.
  List<Release> all();
}
