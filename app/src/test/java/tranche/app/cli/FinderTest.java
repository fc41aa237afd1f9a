package tranche.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tranche.app.cli.connect.Endpoint;
import tranche.app.cli.connect.Finder;
import tranche.app.cli.connect.Hints;

class FinderTest {
  @TempDir private Path folder;

  private String find(Hints hints) {
    Endpoint endpoint = new Finder(folder).find(hints);
    assertThat(endpoint.token().reveal()).isEqualTo(ScriptedServer.TOKEN);
    assertThat(endpoint.toString()).doesNotContain(ScriptedServer.TOKEN);
    return endpoint.server().toString();
  }

  private static Hints hints(String server, String tokenFile, String data) {
    return new Hints(
        Optional.ofNullable(server), Optional.ofNullable(tokenFile), Optional.ofNullable(data));
  }

  @Test
  void the_nearest_word_wins() throws IOException {
    CommandLineRun.point(folder.resolve(".tranche/demo"), "http://localhost:1");
    assertThat(find(Hints.none())).isEqualTo("http://localhost:1");
    CommandLineRun.point(folder.resolve(".tranche"), "http://localhost:2");
    assertThat(find(Hints.none())).isEqualTo("http://localhost:2");
    CommandLineRun.point(folder.resolve("state"), "http://localhost:3");
    Files.writeString(folder.resolve("tranche.yaml"), "tenants: 3\ndata: state\nserver: x\n");
    assertThat(find(Hints.none())).isEqualTo("http://localhost:3");
    CommandLineRun.point(folder.resolve("other"), "http://localhost:4");
    assertThat(find(hints(null, null, "other"))).isEqualTo("http://localhost:4");
    assertThat(find(hints("http://far:5", "other/token", "state"))).isEqualTo("http://far:5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"data: state", "data: \"state\"", "data: 'state' # here", "data:   state   # x"})
  void one_key_of_the_configuration_is_read(String line) throws IOException {
    CommandLineRun.point(folder.resolve("state"), "http://localhost:3");
    Files.writeString(folder.resolve("tranche.yaml"), "a:\n  data: wrong\n" + line + "\n");
    assertThat(find(Hints.none())).isEqualTo("http://localhost:3");
  }

  @Test
  void nothing_found_says_where_it_was_looked_for() {
    assertThatThrownBy(() -> find(Hints.none()))
        .hasMessageContainingAll(
            "no-control-plane", ".tranche/control.json", ".tranche/demo/control.json");
  }

  @Test
  void a_token_is_never_sent_to_a_server_it_was_not_named_for() {
    CommandLineRun.point(folder.resolve(".tranche"), "http://localhost:2");
    assertThatThrownBy(() -> find(hints("http://far:5", null, null)))
        .hasMessageContaining("token-file-not-named");
  }

  @ParameterizedTest
  @CsvSource({"ftp://x", "localhost:80", "http://", "http://u:secret@x", "'http://x y'"})
  void an_address_is_http_and_holds_no_password(String address) {
    CommandLineRun.point(folder, "http://localhost:2");
    assertThatThrownBy(() -> find(hints(address, "token", null)))
        .hasMessageContaining("address-not-understood")
        .hasMessageNotContaining("secret");
  }

  @Test
  void files_that_hold_something_else_are_named() throws IOException {
    Path data = folder.resolve(".tranche");
    CommandLineRun.point(data, "http://localhost:2");
    Files.writeString(data.resolve("token"), "two words\n");
    assertThatThrownBy(() -> find(Hints.none()))
        .hasMessageContainingAll("connection-file-unusable", "token")
        .hasMessageNotContaining("two words");
    Files.writeString(data.resolve("control.json"), "<html>");
    assertThatThrownBy(() -> find(Hints.none())).hasMessageContaining("control.json");
    Files.delete(data.resolve("token"));
    CommandLineRun.point(data, "http://localhost:2");
    Files.delete(data.resolve("token"));
    assertThatThrownBy(() -> find(Hints.none())).hasMessageContaining("does not exist");
  }
}
