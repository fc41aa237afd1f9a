package tranche.app.onboard;

import java.util.List;
import java.util.Optional;
import tranche.app.schema.selection.TargetStore;
import tranche.core.release.SchemaVersion;

/// The way from an empty store to a version.
interface Course {
  /// The newest version that it leads to.
  Optional<SchemaVersion> newest(TargetStore store);

  /// What will run on an empty store on the way to that version, in its order.
  ///
  /// @throws tranche.core.problem.ProblemException if it does not lead there
  List<String> way(TargetStore store, SchemaVersion to);

  /// Brings a store to that version; one that is there already stays as it is.
  ///
  /// @return what ran, in its order
  /// @throws tranche.core.problem.ProblemException what went wrong; the same call goes on from
  ///   there
  List<String> bring(TargetStore store, SchemaVersion to);

  /// Where it comes from, in a few words: `release 2026.10`.
  String name();
}
