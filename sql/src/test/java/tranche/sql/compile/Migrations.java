package tranche.sql.compile;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tranche.core.migration.MigrationKey;
import tranche.core.migration.MigrationKind;
import tranche.core.migration.SourceMigration;
import tranche.core.migration.SqlScript;
import tranche.core.migration.TransactionMode;
import tranche.core.release.SchemaPhase;
import tranche.core.release.SchemaVersion;

/// Migrations for tests.
public final class Migrations {
  /// A header that states contract.
  public static final String CONTRACT = "-- tranche: phase=contract\n";

  /// No header.
  public static final String UNSTATED = "";

  private static final Pattern PHASE = Pattern.compile("(?m)\\A-- tranche:.*\\bphase=(\\w+)");

  private Migrations() {}

  /// A migration of this script, whose first line may state its phase.
  public static SourceMigration of(String sql) {
    Matcher phase = PHASE.matcher(sql);
    Optional<SchemaPhase> stated =
        phase.find()
            ? Optional.of(SchemaPhase.valueOf(phase.group(1).toUpperCase(Locale.ROOT)))
            : Optional.empty();
    return new SourceMigration(
        MigrationKind.VERSIONED,
        new MigrationKey.Version(new SchemaVersion("1")),
        "a change",
        new SqlScript("V1__a_change.sql", sql, "00", 0),
        Optional.empty(),
        stated,
        Optional.empty(),
        TransactionMode.BY_STATEMENTS,
        List.of());
  }
}
