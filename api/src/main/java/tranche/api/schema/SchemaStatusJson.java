package tranche.api.schema;

import java.util.List;

/// How far the stores of a fleet are.
///
/// @param target which stores, in a few words
/// @param folders what they are compared with; empty if there is no folder
/// @param stores how many
/// @param groups all of them, the ordinary states first
/// @param leftOut what was not looked at
public record SchemaStatusJson(
    String target,
    List<FolderJson> folders,
    long stores,
    List<StoreGroupJson> groups,
    LeftOutStoresJson leftOut) {
  public SchemaStatusJson {
    folders = List.copyOf(folders);
    groups = List.copyOf(groups);
  }
}
