package tranche.app.schema;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tranche.api.schema.NewMigrationJson;
import tranche.app.cli.ExitCode;
import tranche.app.cli.Surroundings;
import tranche.app.cli.render.Look;
import tranche.app.schema.selection.Word;
import tranche.config.ConfigReader;
import tranche.config.SchemaConfig;
import tranche.config.migration.FolderSettings;
import tranche.config.migration.MigrationFolder;
import tranche.config.migration.NewMigration;
import tranche.config.migration.NewMigration.NewFile;
import tranche.config.migration.NewMigration.TakingBack;
import tranche.config.migration.NewMigration.Wish;
import tranche.core.migration.FolderFormat;
import tranche.core.migration.MigrationKind;
import tranche.core.migration.MigrationSet;
import tranche.core.release.SchemaPhase;

/// `tranche schema new`.
@Command(
    name = "new",
    description =
        "Write the files of the next migration, named as the others of the folder are. Connects to"
            + " nothing.",
    footer = {
      "",
      "Examples:",
      "  tranche schema new 'add priority'",
      "  tranche schema new 'fill priority' --phase backfill --undo",
      "  tranche schema new 'issue totals' --kind repeatable --migrations db/tenant"
    })
final class NewCommand implements Callable<Integer> {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);

  private final Surroundings surroundings;

  @Mixin private SchemaVoice voice = new SchemaVoice();

  @Parameters(paramLabel = "DESCRIPTION", description = "What it does, in a few words.")
  private String description = "";

  @Option(
      names = "--migrations",
      paramLabel = "DIR",
      description =
          "The folder of migrations; made if it is not there. Default: schema.migrations of"
              + " tranche.yaml, or migrations.")
  private Optional<String> folder = Optional.empty();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      defaultValue = "versioned",
      description = "${COMPLETION-CANDIDATES}. Default: versioned.")
  private Kind kind = Kind.VERSIONED;

  @Option(
      names = "--phase",
      paramLabel = "PHASE",
      description = "${COMPLETION-CANDIDATES}: stated in the file's header.")
  private Optional<Phase> phase = Optional.empty();

  @Option(names = "--undo", description = "Also write a script that takes it back.")
  private boolean isWithUndo;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "flyway",
      description =
          "${COMPLETION-CANDIDATES}: how files are named in a folder that has none yet. Default:"
              + " flyway.")
  private Naming naming = Naming.FLYWAY;

  /// What role the migration has.
  enum Kind {
    VERSIONED,
    REPEATABLE,
    BASELINE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What phase the migration states.
  enum Phase {
    EXPAND,
    BACKFILL,
    CONTRACT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// How the first file of a folder is named.
  enum Naming {
    FLYWAY,
    UP_DOWN;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  NewCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (description.isBlank()) {
      throw new SchemaProblem.OptionNotUnderstood("DESCRIPTION", description, "a few words")
          .exception();
    }
    Path where = where();
    List<NewFile> files = NewMigration.files(set(where), wish());
    List<String> written = new ArrayList<>();
    files.forEach(file -> written.add(write(where, file)));
    print(written);
    return ExitCode.OK;
  }

  private Path where() {
    Path here = surroundings.folder();
    Path config = here.resolve("tranche.yaml");
    if (folder.isPresent() || !Files.exists(config)) {
      return here.resolve(folder.orElse("migrations"));
    }
    SchemaConfig said = ConfigReader.read(config, surroundings.environment()).schema();
    return said.migrations().orElse(here.resolve("migrations"));
  }

  private MigrationSet set(Path where) {
    if (Files.isDirectory(where)) {
      FolderSettings settings =
          FolderSettings.DEFAULTS.withReplacement(
              tranche.config.migration.PlaceholderRules.Replacement.OFF);
      MigrationSet read = MigrationFolder.read(where, settings).set();
      if (!read.migrations().isEmpty()) {
        return read;
      }
    }
    FolderFormat format =
        switch (naming) {
          case FLYWAY -> FolderFormat.FLYWAY;
          case UP_DOWN -> FolderFormat.UP_DOWN;
        };
    return new MigrationSet(where.toString(), format, List.of(), List.of());
  }

  private Wish wish() {
    return new Wish(
        description,
        MigrationKind.valueOf(kind.name()),
        isWithUndo ? TakingBack.WITH_SCRIPT : TakingBack.WITHOUT_SCRIPT,
        phase.map(p -> SchemaPhase.valueOf(p.name())),
        CLOCK.format(surroundings.clock().instant().atZone(ZoneOffset.UTC)));
  }

  /// Never over a file that is there.
  private String write(Path where, NewFile file) {
    Path path = where.resolve(file.name());
    try {
      Files.createDirectories(Optional.ofNullable(path.getParent()).orElse(where));
      Files.writeString(path, file.text(), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException _) {
      throw new SchemaProblem.FileNotWritten(path.toString(), "it is there already").exception();
    } catch (IOException e) {
      String reason = e.getClass().getSimpleName() + ": " + e.getMessage();
      throw new SchemaProblem.FileNotWritten(path.toString(), reason).exception();
    }
    Path here = surroundings.folder();
    return (path.startsWith(here) ? here.relativize(path) : path).toString();
  }

  private void print(List<String> written) {
    Speech speech = new Speech(surroundings, voice);
    Look look = speech.look();
    switch (speech.format()) {
      case TABLE, WIDE, JUNIT -> {
        speech.lines(look.finish(written.stream().map(f -> "Wrote " + f).toList()));
        speech.next(
            List.of(
                "write the SQL into " + Word.quoted(written.getFirst()), "tranche schema plan"));
      }
      case JSON -> speech.envelope("new-migration", new NewMigrationJson(written));
      case NDJSON -> written.forEach(f -> speech.json(new NewMigrationJson(List.of(f))));
    }
  }
}
