package tranche.config.migration;

import java.nio.file.Path;

/// A file below a folder.
///
/// @param path where it is
/// @param name its path below the folder, with `/`
record FolderFile(Path path, String name) {
  /// The last part of its name.
  String fileName() {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /// The names of the folders above it, below the root.
  String[] folders() {
    int end = name.lastIndexOf('/');
    return end < 0 ? new String[0] : name.substring(0, end).split("/", -1);
  }
}
