package tranche.testkit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import tranche.core.migration.CallbackEvent;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.CompiledSet.CompiledCallback;
import tranche.core.migration.CompiledStatement;
import tranche.core.migration.FolderFormat;
import tranche.core.migration.LockLevel;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationKind;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.Requirement;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.SqlScript;
import tranche.core.migration.StatementEffect;
import tranche.core.migration.StatementEffect.Loss;
import tranche.core.migration.StatementEffect.Work;
import tranche.core.migration.TransactionMode;
import tranche.core.migration.Undo;
import tranche.core.release.SchemaPhase;
import tranche.core.release.SchemaVersion;
import tranche.engine.fanout.MigrationCompiler;

/// Migrations for tests, made without reading a folder or understanding SQL: one statement each, in
/// a transaction, taken back by its down script.
public final class SampleMigrations {
  private SampleMigrations() {}

  /// A versioned migration.
  ///
  /// @param down empty if nothing takes it back
  public static SourceMigration version(String version, String up, String down) {
    return migration(MigrationKind.VERSIONED, key(version), up, down, List.of());
  }

  /// A versioned migration that creates a table of its own.
  public static SourceMigration table(String version) {
    String name = "t_" + version.replace('.', '_');
    return version(version, "CREATE TABLE " + name + " (id int)", "DROP TABLE " + name);
  }

  /// The same, but it requires another set to be at a version.
  public static SourceMigration requiring(String version, String set, String required) {
    SourceMigration plain = table(version);
    Requirement requirement = new Requirement(set, new SchemaVersion(required));
    return migration(
        MigrationKind.VERSIONED,
        plain.key(),
        plain.up().text(),
        plain.down().orElseThrow().text(),
        List.of(requirement));
  }

  /// A baseline.
  public static SourceMigration baseline(String version, String up) {
    return migration(MigrationKind.BASELINE, key(version), up, "", List.of());
  }

  /// A repeatable migration.
  public static SourceMigration repeatable(String description, String up) {
    return migration(
        MigrationKind.REPEATABLE, new MigrationKey.Repeatable(description), up, "", List.of());
  }

  /// The key of a version.
  public static MigrationKey key(String version) {
    return new MigrationKey.Version(new SchemaVersion(version));
  }

  /// A folder with these, in this order.
  public static MigrationSet folder(SourceMigration... migrations) {
    return new MigrationSet(
        "db/migrations", FolderFormat.FLYWAY, Arrays.asList(migrations), List.of());
  }

  private static SourceMigration migration(
      MigrationKind kind, MigrationKey key, String up, String down, List<Requirement> requires) {
    return new SourceMigration(
        kind,
        key,
        "sample",
        script("V" + key.text() + "__sample.sql", up),
        down.isEmpty()
            ? Optional.empty()
            : Optional.of(script("U" + key.text() + "__sample.sql", down)),
        Optional.empty(),
        Optional.empty(),
        TransactionMode.BY_STATEMENTS,
        requires);
  }

  private static SqlScript script(String name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    try {
      byte[] sha = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new SqlScript(name, text, HexFormat.of().formatHex(sha), (int) crc.getValue());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// As if its statements were understood.
  public static CompiledMigration compiled(SourceMigration source) {
    Undo undo =
        source
            .down()
            .<Undo>map(d -> new Undo.Statements(List.of(d.text()), List.of(), false))
            .orElseGet(() -> new Undo.Unknown("there is no down script"));
    List<CompiledStatement> statements = new ArrayList<>();
    for (String sql : source.up().text().split(";\\s*", -1)) {
      statements.add(new CompiledStatement(sql, Optional.empty(), 1, effect(undo)));
    }
    return new CompiledMigration(
        source, SchemaPhase.EXPAND, true, statements, undo, List.of(), List.of());
  }

  private static StatementEffect effect(Undo undo) {
    return new StatementEffect(
        "a sample",
        List.of(),
        LockLevel.NONE,
        true,
        Work.NONE,
        Loss.NONE,
        SchemaPhase.EXPAND,
        List.of(),
        undo);
  }

  /// A compiler that makes [#compiled(SourceMigration)].
  public static MigrationCompiler compiler() {
    return new MigrationCompiler() {
      @Override
      public CompiledMigration migration(MigrationSet folder, SourceMigration migration) {
        return compiled(migration);
      }

      @Override
      public Map<CallbackEvent, List<CompiledCallback>> callbacks(MigrationSet folder) {
        return Map.of();
      }
    };
  }
}
