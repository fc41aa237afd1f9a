package tranche.core.migration;

import java.util.Map;
import java.util.Objects;

/// The text of one script file.
///
/// @param name path below the folder, with `/`, as Flyway records it in its history
/// @param text what is run: the file's text with the folder's placeholders replaced; those that
///   differ per store stand as marks that [StorePlaceholder] replaces
/// @param sha256 of the file's bytes, in hex
/// @param flywayChecksum as Flyway computes it: CRC-32 over the lines without line ends; of the raw
///   text, for repeatable migrations of the text after placeholders were replaced, see [#in(Map)]
public record SqlScript(String name, String text, String sha256, int flywayChecksum) {
  public SqlScript {
    Objects.requireNonNull(name);
    Objects.requireNonNull(text);
    Objects.requireNonNull(sha256);
  }

  /// The script as it is in one store: the text with the store's values, and the number that Flyway
  /// computes of that text when it runs it again and again.
  public SqlScript in(Map<StorePlaceholder, String> values) {
    String replaced = StorePlaceholder.replace(text, values);
    return replaced.equals(text)
        ? this
        : new SqlScript(name, replaced, sha256, FlywayChecksum.of(replaced));
  }
}
