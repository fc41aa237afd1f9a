package tranche.api.schema;

import java.util.List;

/// Files that were written for a new migration, the migration itself first.
public record NewMigrationJson(List<String> files) {
  public NewMigrationJson {
    files = List.copyOf(files);
  }
}
