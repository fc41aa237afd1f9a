package tranche.app.cli.render;

import java.util.ArrayList;
import java.util.List;
import tranche.api.release.ReleaseJson;
import tranche.api.release.ReleaseJson.MigrationJson;

/// Releases: one line each, or one of them in full.
public final class ReleaseTable {
  private static final int HASH = 12;

  private ReleaseTable() {}

  /// One line per release.
  public static List<String> lines(List<ReleaseJson> releases, Look look) {
    Table table =
        new Table(
            "",
            Table.Column.LEFT,
            Table.Column.LEFT,
            Table.Column.LEFT,
            Table.Column.LEFT,
            Table.Column.RIGHT,
            Table.Column.BENDING);
    table.row("RELEASE", "APP", "READS", "TARGET", "MIGRATIONS", "HASH");
    for (ReleaseJson release : releases) {
      ReleaseJson.Schema schema = release.schema();
      table.row(
          release.id(),
          release.app(),
          schema.readsFrom() + "–" + schema.readsTo(),
          schema.target(),
          Figures.count(schema.migrations().size()),
          clip(release.hash()));
    }
    return look.finish(table.lines(look));
  }

  /// One release with its migrations.
  public static List<String> one(ReleaseJson release, Look look) {
    ReleaseJson.Schema schema = release.schema();
    List<String> lines = new ArrayList<>();
    lines.add(
        Paint.strong("Release " + release.id()) + "  " + release.app() + "  " + release.hash());
    lines.add("  folder     " + release.folder() + ", " + Figures.count(release.files(), "file"));
    lines.add(
        "  schema     reads %s to %s, ends at %s"
            .formatted(schema.readsFrom(), schema.readsTo(), schema.target()));
    if (!schema.preflight().isEmpty()) {
      lines.add("  preflight  " + String.join(", ", schema.preflight()));
    }
    if (!schema.touches().isEmpty()) {
      lines.addAll(Wrapped.after("  touches    ", String.join(", ", schema.touches()), look));
    }
    Table table =
        new Table(
            "  ", Table.Column.LEFT, Table.Column.LEFT, Table.Column.BENDING, Table.Column.LEFT);
    for (MigrationJson migration : schema.migrations()) {
      table.row(
          migration.version(),
          migration.phase(),
          migration.description(),
          clip(migration.checksum()));
    }
    lines.addAll(table.lines(look));
    return look.finish(lines);
  }

  private static String clip(String hash) {
    return hash.length() > HASH ? hash.substring(0, HASH) : hash;
  }
}
