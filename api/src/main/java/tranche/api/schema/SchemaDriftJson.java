package tranche.api.schema;

import java.util.List;
import java.util.Optional;

/// Which stores are made of something else than they should be.
///
/// @param against what they were compared with, in a few words
/// @param compared how many stores
/// @param equal how many of them are as expected
/// @param shapes the others, by what differs; the commonest first
/// @param still stores that were not compared, by reason
public record SchemaDriftJson(
    String target,
    String against,
    long compared,
    long equal,
    List<ShapeJson> shapes,
    List<StoreGroupJson> still,
    LeftOutStoresJson leftOut) {
  public SchemaDriftJson {
    shapes = List.copyOf(shapes);
    still = List.copyOf(still);
  }

  /// Stores that differ in the same things.
  ///
  /// @param differences the first of them, a sentence each
  /// @param total how many there are
  public record ShapeJson(
      String set,
      Optional<String> version,
      long stores,
      List<String> examples,
      List<String> differences,
      int total) {
    public ShapeJson {
      examples = List.copyOf(examples);
      differences = List.copyOf(differences);
    }
  }
}
