package tranche.core.structure;

import java.util.List;
import java.util.Optional;

/// What comparing a store's structure with those of all versions says about its version.
public sealed interface VersionMatch {
  /// The store has exactly what this version makes.
  record Exactly(String version) implements VersionMatch {}

  /// The store has what each of these versions makes; they differ in data only, or a later one
  /// takes back what an earlier one did.
  ///
  /// @param versions at least two, from the lowest to the highest
  record OneOf(List<String> versions) implements VersionMatch {
    /// Copies the list.
    ///
    /// @throws IllegalArgumentException if there are fewer than two
    public OneOf {
      versions = List.copyOf(versions);
      if (versions.size() < 2) {
        throw new IllegalArgumentException("one of " + versions);
      }
    }

    /// The lowest of them.
    public String lowest() {
      return versions.getFirst();
    }

    /// The highest of them.
    public String highest() {
      return versions.getLast();
    }
  }

  /// The store is empty.
  record NothingThere() implements VersionMatch {}

  /// The store has what no version makes.
  ///
  /// @param nearest the version with the fewest differences, of several the highest; nothing if
  ///   there are no versions
  /// @param differences what differs from the nearest, at most [KnownVersions#DIFFERENCES_KEPT]
  /// @param total how many differences there are in all
  record NoneEqual(Optional<String> nearest, List<StructureChange> differences, int total)
      implements VersionMatch {
    /// Copies the list.
    public NoneEqual {
      differences = List.copyOf(differences);
    }
  }
}
