package tranche.app.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tranche.app.cli.CommandLineRun;
import tranche.app.cli.CommandLineRun.Result;

/// Runs `tranche schema` on a database of its own, with a folder of migrations.
final class SchemaRun {
  private final Path folder;
  private final String database = TestServer.emptied();
  private final CommandLineRun line;

  SchemaRun(Path folder) throws IOException {
    this.folder = folder;
    line = new CommandLineRun(folder);
    line.environment.put("PGPASSWORD", TestServer.address().password().reveal());
    Files.createDirectories(folder.resolve("migrations"));
  }

  CommandLineRun line() {
    return line;
  }

  String database() {
    return database;
  }

  void migration(String name, String sql) throws IOException {
    Files.writeString(folder.resolve("migrations").resolve(name), sql + "\n");
  }

  void tenants(int count) {
    for (int i = 1; i <= count; i++) {
      sql("CREATE SCHEMA tenant_" + i);
    }
  }

  void sql(String... statements) {
    TestServer.run(database, statements);
  }

  List<String> columns(String schema, String table) {
    return TestServer.ask(
        database,
        """
        SELECT attname FROM pg_attribute
        WHERE attrelid = to_regclass('%s.%s') AND attnum > 0 AND NOT attisdropped ORDER BY attnum
        """
            .formatted(schema, table));
  }

  /// Over all schemas that are called `tenant_`, unless the words name others.
  Result run(String command, String... more) {
    List<String> words = new ArrayList<>(List.of("--url", TestServer.url(database)));
    if (!List.of(more).contains("--schemas")) {
      words.addAll(List.of("--schemas", "tenant_%"));
    }
    words.addAll(List.of(more));
    return runBare(command, words.toArray(String[]::new));
  }

  Result runBare(String command, String... more) {
    List<String> words = new ArrayList<>(List.of("schema", command));
    words.addAll(List.of(more));
    Result result = line.run(words.toArray(String[]::new));
    assertThat(result.out() + result.err())
        .doesNotContain(TestServer.address().password().reveal());
    return result;
  }
}
