package tranche.app.onboard;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tranche.api.fleet.TenantAddJson.ListedJson;
import tranche.app.cli.Surroundings;
import tranche.config.TrancheConfig;
import tranche.config.fleet.CsvAppend;
import tranche.config.fleet.FleetBuilder;
import tranche.config.fleet.TenantRow;
import tranche.config.fleet.TenantSource;

/// Puts a tenant on the list of tenants: into the CSV file if there is one, else it says what
/// somebody has to write.
record Recording(TrancheConfig config, Surroundings surroundings) {
  private Optional<TenantSource.Csv> file() {
    return config.fleet().sources().stream()
        .filter(TenantSource.Csv.class::isInstance)
        .map(TenantSource.Csv.class::cast)
        .findFirst();
  }

  /// Finds out whether the file could take the tenant.
  ///
  /// @throws tranche.core.problem.ProblemException if not
  void requirePossible(TenantRow row) {
    file().ifPresent(file -> CsvAppend.requirePossible(file, row));
  }

  /// What it would do.
  ListedJson preview(TenantRow row) {
    return file()
        .map(file -> new ListedJson("written", shown(file.file()), text(row)))
        .orElseGet(() -> byHand(row));
  }

  /// What it says of a tenant that is on the list.
  ListedJson before(TenantRow listed) {
    return new ListedJson("before", place(listed), "");
  }

  /// Writes it. Under the file's lock the list is read again: whoever came first has the id.
  ///
  /// @param others the tenants of other sources
  /// @throws tranche.core.problem.ProblemException if it cannot be written, or the tenant does not
  ///   fit to the others any more
  ListedJson write(TenantRow row, List<TenantRow> others) {
    if (file().isEmpty()) {
      return byHand(row);
    }
    TenantSource.Csv file = file().get();
    Optional<Long> line =
        CsvAppend.row(
            file,
            row,
            rows -> {
              Optional<TenantRow> same =
                  rows.stream().filter(r -> r.id().equals(row.id())).findFirst();
              if (same.isPresent()) {
                requireSame(same.get(), row);
                return false;
              }
              List<TenantRow> all = new java.util.ArrayList<>(rows);
              all.addAll(others);
              all.add(row);
              var _ = FleetBuilder.build(config.fleet(), all);
              return true;
            });
    return line.map(l -> new ListedJson("written", shown(file.file()) + ":" + l, text(row)))
        .orElseGet(() -> new ListedJson("before", shown(file.file()), ""));
  }

  /// Finds out that a tenant on the list is the one that is meant.
  ///
  /// @throws tranche.core.problem.ProblemException [AddProblem.TenantExists]
  void requireSame(TenantRow listed, TenantRow row) {
    if (!listed.isSameTenant(row)) {
      String known = place(listed) + " has " + text(listed) + ", asked for was " + text(row);
      throw new AddProblem.TenantExists(row.id().value(), known).exception();
    }
  }

  private ListedJson byHand(TenantRow row) {
    boolean isInline =
        config.fleet().sources().stream().anyMatch(TenantSource.Inline.class::isInstance);
    return isInline
        ? new ListedJson("by-hand", "tenants.inline of " + shown(config.file()), row.inline())
        : new ListedJson("by-hand", "the table that tenants.sql reads", text(row));
  }

  private static String text(TenantRow row) {
    return String.join(", ", row.columns().values());
  }

  /// The place of a row without the folder that everybody knows.
  String place(TenantRow row) {
    String folder = surroundings.folder() + "/";
    return row.where().text().replace(folder, "");
  }

  private String shown(Path file) {
    Path absolute = surroundings.folder().resolve(file).normalize();
    return absolute.startsWith(surroundings.folder())
        ? surroundings.folder().relativize(absolute).toString()
        : absolute.toString();
  }
}
