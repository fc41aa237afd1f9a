package tranche.app.schema;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tranche.api.schema.FolderJson;
import tranche.app.cli.Surroundings;
import tranche.app.schema.selection.TargetStore;
import tranche.app.schema.selection.Targets;
import tranche.config.SchemaConfig;
import tranche.config.TrancheConfig;
import tranche.config.migration.FolderNote;
import tranche.config.migration.FolderReading;
import tranche.config.migration.FolderSettings;
import tranche.config.migration.MigrationFolder;
import tranche.core.fanout.StoreSet.Role;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationSet;
import tranche.core.release.SchemaVersion;

/// The folders of migrations for the stores of a run: one for all, or one for stores that tenants
/// share and one for the others.
///
/// @param sets shared ones first; those without a store are not there
/// @param searchPath further schemas that unqualified names may come from
public record Folders(List<OfSet> sets, List<String> searchPath) {
  /// The set of stores that tenants share.
  public static final String SHARED = "shared";

  /// The set of all other stores.
  public static final String TENANTS = "tenants";

  private static final String DEFAULT = "migrations";
  private static final int NOTES = 20;

  /// The folder of one set of stores.
  public record OfSet(String name, Role role, FolderReading reading) {}

  public Folders {
    sets = List.copyOf(sets);
    searchPath = List.copyOf(searchPath);
  }

  /// Reads the folders.
  ///
  /// @throws tranche.core.problem.ProblemException if one is not there or not understood
  public static Folders read(MigrationOptions options, Targets targets, Surroundings surroundings) {
    SchemaConfig config = targets.config().map(TrancheConfig::schema).orElse(SchemaConfig.NONE);
    Map<String, Path> paths = paths(options, targets, config, surroundings.folder());
    Map<Path, FolderReading> readings = new HashMap<>();
    Map<String, String> placeholders = new LinkedHashMap<>(config.placeholders());
    placeholders.putAll(options.placeholders());
    FolderSettings settings = FolderSettings.DEFAULTS.withPlaceholders(placeholders);
    List<OfSet> sets = new ArrayList<>();
    paths.forEach((name, path) ->
        sets.add(
            new OfSet(
                name,
                name.equals(SHARED) ? Role.SHARED : Role.TENANT,
                readings.computeIfAbsent(path, p -> read(p, settings)))));
    List<String> searchPath =
        options.searchPath().isEmpty() ? config.searchPath() : options.searchPath();
    return new Folders(sets, searchPath);
  }

  /// Whether there is a folder at all: without one the stores can be looked at all the same.
  static boolean isThere(MigrationOptions options, Targets targets, Surroundings surroundings) {
    SchemaConfig config = targets.config().map(TrancheConfig::schema).orElse(SchemaConfig.NONE);
    return options.folder().isPresent()
        || paths(options, targets, config, surroundings.folder()).values().stream()
            .allMatch(Files::isDirectory);
  }

  private static FolderReading read(Path path, FolderSettings settings) {
    if (!Files.isDirectory(path)) {
      throw new SchemaProblem.NoMigrations(path.toString()).exception();
    }
    return MigrationFolder.read(path, settings);
  }

  private static Map<String, Path> paths(
      MigrationOptions options, Targets targets, SchemaConfig config, Path here) {
    Path base =
        targets
            .config()
            .map(c -> Optional.ofNullable(c.file().toAbsolutePath().getParent()).orElse(here))
            .orElse(here);
    Optional<Path> named = options.folder().map(here::resolve);
    Path ordinary = named.or(config::migrations).orElseGet(() -> base.resolve(DEFAULT));
    Map<String, Path> paths = new LinkedHashMap<>();
    if (targets.stores().stream().anyMatch(TargetStore::isShared)) {
      paths.put(SHARED, named.or(config::shared).orElse(ordinary));
    }
    if (targets.stores().stream().anyMatch(s -> !s.isShared())) {
      paths.put(TENANTS, ordinary);
    }
    return paths;
  }

  /// The set that a store belongs to.
  public static String setOf(TargetStore store) {
    return store.isShared() ? SHARED : TENANTS;
  }

  /// The migrations of a set.
  public MigrationSet folder(String set) {
    return sets.stream()
        .filter(s -> s.name().equals(set))
        .findFirst()
        .orElseThrow()
        .reading()
        .set();
  }

  /// The folders as they are shown; the set is named only if there are two.
  List<FolderJson> json(Path here) {
    return sets.stream().map(set -> json(set, sets.size() > 1 ? set.name() : "", here)).toList();
  }

  /// The name of a set where it is shown.
  String shown(String set) {
    return sets.size() > 1 ? set : "";
  }

  private static FolderJson json(OfSet set, String name, Path here) {
    Path folder = Path.of(set.reading().set().folder()).toAbsolutePath();
    Path shown = folder.startsWith(here) ? here.relativize(folder) : folder;
    return new FolderJson(
        name,
        shown.toString(),
        set.reading().set().format().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
        set.reading().set().migrations().size(),
        newest(set.reading()).map(SchemaVersion::toString),
        set.reading().notes().stream().limit(NOTES).map(FolderNote::toString).toList());
  }

  private static Optional<SchemaVersion> newest(FolderReading reading) {
    return reading.set().migrations().stream()
        .map(m -> m.key())
        .filter(MigrationKey.Version.class::isInstance)
        .map(key -> ((MigrationKey.Version) key).version())
        .max(java.util.Comparator.naturalOrder());
  }
}
