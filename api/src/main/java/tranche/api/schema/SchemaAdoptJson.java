package tranche.api.schema;

import java.util.List;
import java.util.Optional;

/// What adopting stores came to.
///
/// @param isDry whether nothing was written
/// @param stores how many were looked at
/// @param groups stores by what became of them, the largest group first
/// @param notes what their owner should know, each once
public record SchemaAdoptJson(boolean isDry, long stores, List<Group> groups, List<String> notes) {
  public SchemaAdoptJson {
    groups = List.copyOf(groups);
    notes = List.copyOf(notes);
  }

  /// Stores of which the same became.
  ///
  /// @param outcome `adopted`, `already`, `empty`, `missing` or `refused`
  /// @param tool whose history it was: `flyway`, `rails`, ..., or `structure` if there was none
  /// @param version that they have now
  /// @param reasons why they were refused
  public record Group(
      String outcome,
      Optional<String> tool,
      Optional<String> version,
      List<String> reasons,
      long stores,
      List<String> examples) {
    public Group {
      reasons = List.copyOf(reasons);
      examples = List.copyOf(examples);
    }
  }
}
