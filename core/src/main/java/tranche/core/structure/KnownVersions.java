package tranche.core.structure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The structure that a store has after each version, and which version a given structure belongs
/// to.
///
/// Versions that change only data leave the structure as it was. Then several versions have equal
/// structures and comparison cannot tell them apart: all of them are reported, and nothing is
/// chosen here. To take the highest means that a data change which never ran counts as done; to
/// take the lowest means that it may run twice. Only somebody who knows the migrations can decide.
public final class KnownVersions {
  /// How many differences to the nearest version are kept.
  public static final int DIFFERENCES_KEPT = 20;

  private final List<Version> versions;
  private final Map<StructureFingerprint, List<String>> byFingerprint;

  /// The structure after a version.
  ///
  /// @param name the version
  /// @param structure what a store is made of when it has this version
  public record Version(String name, Structure structure) {}

  /// Versions from the lowest to the highest.
  public KnownVersions(List<Version> versions) {
    this.versions = List.copyOf(versions);
    this.byFingerprint =
        versions.stream()
            .collect(
                Collectors.groupingBy(
                    version -> version.structure().fingerprint(),
                    Collectors.mapping(Version::name, Collectors.toUnmodifiableList())));
  }

  /// The versions, from the lowest to the highest.
  public List<Version> versions() {
    return versions;
  }

  /// The versions whose structure has that fingerprint, as far as the fingerprint alone says it;
  /// nothing if there is none, and then the structure is needed to say more.
  public Optional<VersionMatch> match(StructureFingerprint fingerprint) {
    if (fingerprint.equals(Structure.EMPTY.fingerprint())) {
      return Optional.of(new VersionMatch.NothingThere());
    }
    List<String> found = byFingerprint.getOrDefault(fingerprint, List.of());
    return switch (found.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(new VersionMatch.Exactly(found.getFirst()));
      default -> Optional.of(new VersionMatch.OneOf(found));
    };
  }

  /// The versions that have that structure, or the nearest one.
  public VersionMatch match(Structure observed) {
    return match(observed.fingerprint()).orElseGet(() -> nearest(observed));
  }

  private VersionMatch nearest(Structure observed) {
    record Candidate(String version, StructureDiff diff) {}
    List<Candidate> candidates = new ArrayList<>();
    for (Version version : versions) {
      var diff = StructureDiff.between(version.structure(), observed);
      candidates.add(new Candidate(version.name(), diff));
    }
    // Of two that are equally near the higher version wins: stores are behind more rarely than
    // changed by hand.
    return candidates.reversed().stream()
        .min(Comparator.comparingInt(candidate -> candidate.diff().changes().size()))
        .<VersionMatch>map(near ->
            new VersionMatch.NoneEqual(
                Optional.of(near.version()),
                near.diff().changes().stream().limit(DIFFERENCES_KEPT).toList(),
                near.diff().changes().size()))
        .orElseGet(() -> new VersionMatch.NoneEqual(Optional.empty(), List.of(), 0));
  }
}
