package tranche.bench.contest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The same migrations, written down in the form that each tool reads. There is a folder per tool
/// and stage, because a team's folder grows by a file between two releases.
///
/// @param root everything is below it
public record Migrations(Path root) {
  private static final String CHANGELOG = "changelog.sql";

  /// Writes all files.
  ///
  /// @throws UncheckedIOException when the folder cannot be written
  public static Migrations write(Path root) {
    var migrations = new Migrations(root);
    try {
      for (Stage stage : Stage.values()) {
        migrations.write(stage);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return migrations;
  }

  /// The folder with `V` files up to and including the stage.
  public Path flyway(Stage stage) {
    return root.resolve("flyway").resolve(stage.title());
  }

  /// The folder with the change log up to and including the stage; its name is the same in each,
  /// since a change set's identity includes it.
  public Path liquibase(Stage stage) {
    return root.resolve("liquibase").resolve(stage.title());
  }

  /// The name of the change log in its folder.
  public String changelog() {
    return CHANGELOG;
  }

  private void write(Stage upTo) throws IOException {
    Files.createDirectories(flyway(upTo));
    Files.createDirectories(liquibase(upTo));
    var log = new StringBuilder("--liquibase formatted sql\n");
    for (Stage stage : Stage.values()) {
      if (stage.compareTo(upTo) <= 0) {
        var name = "V" + stage.version() + "__" + stage.title() + ".sql";
        Files.writeString(flyway(upTo).resolve(name), stage.script());
        log.append("\n--changeset bench:").append(stage.version()).append('\n');
        log.append(stage.script());
      }
    }
    Files.writeString(liquibase(upTo).resolve(CHANGELOG), log);
  }
}
