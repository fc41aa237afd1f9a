package tranche.app.schema.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tranche.core.problem.ProblemException;
import tranche.core.secret.Secret;
import tranche.postgres.database.DatabaseAddress;
import tranche.postgres.database.Server;
import tranche.postgres.database.SslMode;

class PasswordsTest {
  private static final DatabaseAddress APP =
      new DatabaseAddress(new Server("db1", 5432, SslMode.PREFER), "app");

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void a_named_file_comes_first_then_the_variable_then_the_password_file_of_the_user()
      throws IOException {
    Path named = file("named", "from the file\n", "rw-------");
    file(".pgpass", "db1:5432:app:nina:from pgpass\n", "rw-------");
    environment.put("HOME", folder.toString());
    assertThat(find(Optional.empty())).contains("from pgpass");
    environment.put("PGPASSWORD", "from the variable");
    assertThat(find(Optional.empty())).contains("from the variable");
    assertThat(find(Optional.of(named))).contains("from the file");
  }

  @Test
  void none_is_an_answer_too() {
    assertThat(find(Optional.empty())).isEmpty();
    environment.put("PGPASSFILE", folder.resolve("not there").toString());
    assertThat(find(Optional.empty())).isEmpty();
  }

  @Test
  void the_first_line_that_fits_counts() throws IOException {
    file(
        "pass",
        """
        # db1:5432:app:nina:comment
        db2:*:*:*:other host
        db1:5433:*:*:other port
        *:*:app:nina:with\\:colon:and \\\\ more
        *:*:*:*:too late
        """,
        "rw-------");
    environment.put("PGPASSFILE", folder.resolve("pass").toString());
    assertThat(find(Optional.empty())).contains("with:colon:and \\ more");
  }

  @Test
  void a_file_that_others_can_read_is_refused() throws IOException {
    file("pass", "*:*:*:*:hunter2\n", "rw-r-----");
    environment.put("PGPASSFILE", folder.resolve("pass").toString());
    assertThatThrownBy(() -> find(Optional.empty()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().code()).isEqualTo("passfile-exposed");
              assertThat(e.problem().what()).doesNotContain("hunter2");
            });
    Path named = file("named", "hunter2", "rw-r--r--");
    assertThatThrownBy(() -> find(Optional.of(named)))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().code()).isEqualTo("exposed-secret"));
  }

  @Test
  void a_named_file_that_is_not_there_or_empty_is_refused() throws IOException {
    Path empty = file("empty", "\n", "rw-------");
    assertThatThrownBy(() -> find(Optional.of(folder.resolve("nowhere"))))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> find(Optional.of(empty))).isInstanceOf(ProblemException.class);
  }

  private Optional<String> find(Optional<Path> named) {
    return new Passwords(environment, named).find(APP, "nina").map(Secret::reveal);
  }

  private Path file(String name, String text, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
