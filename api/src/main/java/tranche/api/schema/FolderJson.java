package tranche.api.schema;

import java.util.List;
import java.util.Optional;

/// A folder of migrations.
///
/// @param set the name of the set of stores that it is for
/// @param folder where it is
/// @param format `flyway` or `up-down`
/// @param migrations how many it has
/// @param newest its newest version; absent if it has none
/// @param notes what was seen and not read, or read otherwise than one might think
public record FolderJson(
    String set,
    String folder,
    String format,
    int migrations,
    Optional<String> newest,
    List<String> notes) {
  public FolderJson {
    notes = List.copyOf(notes);
  }
}
