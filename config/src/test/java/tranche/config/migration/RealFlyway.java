package tranche.config.migration;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.Location;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.resolver.sql.SqlMigrationResolver;
import org.flywaydb.core.internal.resource.ResourceName;
import org.flywaydb.core.internal.resource.ResourceNameParser;
import org.flywaydb.core.internal.scanner.Scanner;
import org.flywaydb.database.postgresql.PostgreSQLDatabaseType;

/// Flyway itself, as far as it reads folders: no database is needed for that.
final class RealFlyway {
  private RealFlyway() {}

  private static FluentConfiguration configuration(Path folder, Map<String, String> placeholders) {
    return Flyway.configure()
        .locations("filesystem:" + folder)
        .placeholders(placeholders)
        .encoding(StandardCharsets.UTF_8);
  }

  /// What Flyway finds in a folder.
  ///
  /// @param builtIn values of the placeholders that Flyway takes from the database
  static List<ResolvedMigration> resolve(
      Path folder, Map<String, String> placeholders, Map<String, String> builtIn) {
    FluentConfiguration configuration = configuration(folder, placeholders);
    ParsingContext context = new ParsingContext();
    context.getPlaceholders().putAll(builtIn);
    Scanner<JavaMigration> scanner =
        new Scanner<>(
            JavaMigration.class,
            configuration,
            configuration.getLocations().length == 0
                ? new Location[0]
                : configuration.getLocations());
    var scripts = new PostgreSQLDatabaseType().createSqlScriptFactory(configuration, context);
    return new SqlMigrationResolver(scanner, null, scripts, configuration, context)
        .resolveMigrations(null);
  }

  /// What Flyway reads from a file's name.
  static ResourceName name(String fileName) {
    return new ResourceNameParser(Flyway.configure()).parse(fileName);
  }
}
