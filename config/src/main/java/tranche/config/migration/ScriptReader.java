package tranche.config.migration;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tranche.config.files.Sha256;
import tranche.config.files.TextFile;
import tranche.core.migration.FlywayChecksum;
import tranche.core.migration.FolderFormat;
import tranche.core.migration.SqlScript;
import tranche.core.release.SchemaPhase;

/// Reads the scripts of one folder.
final class ScriptReader {
  private static final int MAX_BYTES = 4 * 1024 * 1024;

  private final FolderSettings settings;
  private final boolean isReplaced;
  private final PlaceholderText placeholders;
  private final Map<Path, FolderFile> configs = new HashMap<>();

  /// @param configs the files that may belong to scripts, by [ScriptConfig#ENDING]
  ScriptReader(FolderSettings settings, FolderFormat format, List<FolderFile> configs) {
    this.settings = settings;
    this.isReplaced =
        switch (settings.placeholders().replacement()) {
          case ON -> true;
          case OFF -> false;
          case BY_FORMAT -> format == FolderFormat.FLYWAY;
        };
    this.placeholders = new PlaceholderText(settings);
    configs.forEach(c -> this.configs.put(c.path(), c));
  }

  /// How the checksum of a script is computed.
  enum Role {
    /// Of the text as it is in the file.
    ONCE,
    /// Of the text after placeholders were replaced.
    AGAIN
  }

  /// A migration, with its header and the phase of its folder.
  ReadScript migration(FolderFile file, Role role) {
    byte[] bytes = TextFile.bytes(file.path(), MAX_BYTES);
    String raw = TextFile.decode(file.path(), bytes);
    ScriptConfig config = config(file);
    boolean isHere = isReplaced && config.isReplaced().orElse(true);
    String text = isHere ? placeholders.replaced(file.path(), raw) : raw;
    int checksum = FlywayChecksum.of(role == Role.AGAIN ? text : raw);
    Header header = Header.of(file.path(), raw);
    return new ReadScript(
        file,
        new SqlScript(file.name(), text, Sha256.of(bytes), checksum),
        header,
        phase(file, header),
        config.transaction());
  }

  /// A script that is no migration by itself: it takes one back, or runs around them.
  ReadScript companion(FolderFile file) {
    ReadScript script = migration(file, Role.ONCE);
    if (!script.header().lines().isEmpty()) {
      throw Header.wrong(
          file.path(), script.header().lines().getFirst() + " (only migrations have headers)");
    }
    return script;
  }

  private ScriptConfig config(FolderFile script) {
    FolderFile file = configs.get(ScriptConfig.of(script.path()));
    if (file == null) {
      return ScriptConfig.NONE;
    }
    String text = TextFile.read(file.path(), MAX_BYTES);
    return ScriptConfig.parse(
        file.path(), text, t -> isReplaced ? placeholders.replaced(file.path(), t) : t);
  }

  private Optional<SchemaPhase> phase(FolderFile file, Header header) {
    Optional<SchemaPhase> stated = header.phase();
    if (settings.phaseFolders() == FolderSettings.PhaseFolders.MEAN_NOTHING) {
      return stated;
    }
    for (String folder : file.folders()) {
      Optional<SchemaPhase> here = PhaseFolder.phase(folder);
      if (here.isPresent() && stated.isPresent() && !stated.equals(here)) {
        Path path = file.path();
        throw new ScriptProblem.PhaseContradiction(path, folder, stated.get().word()).exception();
      }
      if (here.isPresent()) {
        stated = here;
      }
    }
    return stated;
  }
}
