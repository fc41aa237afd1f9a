package tranche.app.schema.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tranche.core.problem.ProblemException;
import tranche.postgres.database.Server;
import tranche.postgres.database.SslMode;

class ConnectionUrlTest {
  @Test
  void the_form_of_libpq_is_read() {
    assertThat(
            ConnectionUrl.parse("postgresql://mig%40rator@db.example.com:6432/app?sslmode=require"))
        .isEqualTo(
            new ConnectionUrl(
                new Server("db.example.com", 6432, SslMode.REQUIRE),
                Optional.of("app"),
                Optional.of("mig@rator")));
  }

  @Test
  void the_form_of_jdbc_is_read() {
    assertThat(ConnectionUrl.parse("jdbc:postgresql://[::1]/app?user=migrator&sslmode=verify-full"))
        .isEqualTo(
            new ConnectionUrl(
                new Server("[::1]", 5432, SslMode.VERIFY_FULL),
                Optional.of("app"),
                Optional.of("migrator")));
  }

  @Test
  void what_is_not_said_is_left_open() {
    assertThat(ConnectionUrl.parse("postgres://localhost"))
        .isEqualTo(
            new ConnectionUrl(
                new Server("localhost", 5432, SslMode.PREFER), Optional.empty(), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://u:hunter2@db1/app",
        "postgresql://u:hun@ter2@db1/app",
        "jdbc:postgresql://db1/app?user=u&password=hunter2",
      })
  void a_password_is_refused_and_not_repeated(String url) {
    assertThatThrownBy(() -> ConnectionUrl.parse(url))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().code()).isEqualTo("password-in-url");
              assertThat(e.problem().what()).doesNotContain("hunter2", "ter2");
              assertThat(e.problem().fix()).contains("PGPASSWORD", "--password-file", "~/.pgpass");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "app",
        "mysql://db1/app",
        "postgresql://",
        "postgresql:///app",
        "postgresql://db1,db2/app",
        "postgresql://db1:99999/app",
        "postgresql://db1/app/x",
        "postgresql://db1/app#x",
        "postgresql://db1/app?sslmode=allow",
        "postgresql://db1/app?sslmode=require&sslmode=disable",
        "postgresql://db1/app?socketFactory=org.example.Bad",
        "postgresql://db1/app?sslpassword=hunter2",
        "postgresql://db1/%zz",
        "postgresql://d b1/app",
        "postgresql://%2Ftmp/app",
      })
  void everything_else_is_refused(String url) {
    assertThatThrownBy(() -> ConnectionUrl.parse(url))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().code()).isEqualTo("url-malformed");
              assertThat(e.problem().what()).doesNotContain("hunter2");
            });
  }
}
