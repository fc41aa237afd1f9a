package tranche.postgres.structure;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tranche.core.structure.KnownVersions;
import tranche.core.structure.Structure;
import tranche.core.structure.StructureFingerprint;
import tranche.core.structure.VersionMatch;

/// Finds out which version stores without a history have, by comparing what they are made of with
/// what the migrations make.
///
/// The migrations are run once, in an empty scratch schema. Stores are read as fingerprints and
/// only one of each distinct shape is compared, so ten thousand stores of three shapes cost three
/// comparisons.
public final class VersionFinder {
  private final StructureReader reader;
  private final KnownVersions versions;

  private VersionFinder(StructureReader reader, KnownVersions versions) {
    this.reader = reader;
    this.versions = versions;
  }

  /// Runs all versions, from the lowest to the highest, in that empty scratch schema and keeps what
  /// each makes of it.
  ///
  /// @param empty a scratch schema with nothing in it; used up by this
  /// @param steps the versions by name; their undo is not used
  /// @param runner runs their statements
  /// @param scope what is compared; history tables of other tools are left out by it
  /// @throws tranche.core.problem.ProblemException with [StructureProblem.StatementFailed] or
  ///   [StructureProblem.ReachesOutside] for the first version that cannot be made
  /// @throws SQLException if the server cannot be asked
  public static VersionFinder learn(
      ScratchCopy empty, List<RehearsedStep> steps, StatementRunner runner, StructureScope scope)
      throws SQLException {
    var reader = new StructureReader(scope);
    var run = new ScratchRun(empty, runner);
    List<KnownVersions.Version> versions = new ArrayList<>();
    for (RehearsedStep step : steps) {
      Optional<StructureProblem> problem = run.run(step, step.forward());
      if (problem.isPresent()) {
        throw problem.get().exception();
      }
      Structure structure = reader.read(empty.connection(), empty.schema());
      versions.add(new KnownVersions.Version(step.name(), structure));
    }
    return new VersionFinder(reader, new KnownVersions(versions));
  }

  /// What each version makes.
  public KnownVersions versions() {
    return versions;
  }

  /// The version of each of these schemas that exists. Stores of one shape share one answer.
  ///
  /// @throws tranche.core.problem.ProblemException with [StructureProblem.SchemaNotReadable]
  /// @throws SQLException if the server cannot be asked
  public Map<String, VersionMatch> find(Connection connection, List<String> schemas)
      throws SQLException {
    Map<StructureFingerprint, VersionMatch> known = new HashMap<>();
    Map<String, VersionMatch> found = new LinkedHashMap<>();
    for (var store : reader.fingerprints(connection, schemas).entrySet()) {
      VersionMatch match = known.get(store.getValue());
      if (match == null) {
        match = match(connection, store.getKey(), store.getValue());
        known.put(store.getValue(), match);
      }
      found.put(store.getKey(), match);
    }
    return found;
  }

  private VersionMatch match(Connection connection, String schema, StructureFingerprint fingerprint)
      throws SQLException {
    Optional<VersionMatch> match = versions.match(fingerprint);
    return match.isPresent() ? match.get() : versions.match(reader.read(connection, schema));
  }
}
