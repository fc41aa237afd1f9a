package tranche.config.migration;

import java.util.List;
import java.util.Objects;

/// The parts of file names in Flyway's naming.
///
/// @param versioned what versioned migrations begin with, `V`
/// @param undo what the scripts that take them back begin with, `U`
/// @param repeatable what repeatable migrations begin with, `R`
/// @param baseline what baseline migrations begin with, `B`
/// @param separator between version and description, `__`
/// @param suffixes what names end with, `.sql`; upper and lower case are the same
public record FlywayNames(
    String versioned,
    String undo,
    String repeatable,
    String baseline,
    String separator,
    List<String> suffixes) {
  /// Flyway's own.
  public static final FlywayNames DEFAULTS =
      new FlywayNames("V", "U", "R", "B", "__", List.of(".sql"));

  public FlywayNames {
    Objects.requireNonNull(versioned);
    Objects.requireNonNull(undo);
    Objects.requireNonNull(repeatable);
    Objects.requireNonNull(baseline);
    suffixes = List.copyOf(suffixes);
    if (separator.isEmpty() || suffixes.isEmpty() || suffixes.contains("")) {
      throw new IllegalArgumentException("names have a separator and end with something");
    }
  }
}
