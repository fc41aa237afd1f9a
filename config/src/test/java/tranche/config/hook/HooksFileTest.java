package tranche.config.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tranche.core.problem.ProblemException;

class HooksFileTest {
  @TempDir private Path folder;

  @Test
  void three_kinds_of_hooks_are_read() throws IOException {
    List<HookConfig> hooks =
        read(
            """
            hooks:
              - name: announce
                on: [before_run, after_run]
                command: [./announce, "a b"]
                inherit: [DEPLOY_KEY]
                environment: {CHANNEL: releases}
                timeout: 5s
              - name: page
                on: [on_error]
                http: https://example.org/page
                headers: {X-Team: sre}
                token_env: PAGE_TOKEN
              - name: analyze
                on: [after_store]
                sql: ANALYZE
            """);

    assertThat(hooks.get(0))
        .isEqualTo(
            new HookConfig(
                "announce",
                Set.of("before_run", "after_run"),
                new HookConfig.Action.Command(
                    List.of("./announce", "a b"),
                    Map.of("DEPLOY_KEY", "k3y", "CHANNEL", "releases")),
                Duration.ofSeconds(5)));
    var http = (HookConfig.Action.Http) hooks.get(1).action();
    assertThat(http.url()).isEqualTo(URI.create("https://example.org/page"));
    assertThat(http.token().orElseThrow().reveal()).isEqualTo("t0ken");
    assertThat(hooks.get(1).limit()).isEqualTo(Duration.ofSeconds(30));
    assertThat(hooks.get(2).action()).isEqualTo(new HookConfig.Action.Sql("ANALYZE"));
    assertThat(hooks.toString()).doesNotContain("k3y", "t0ken");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: a, on: [after_store]}",
        "{name: a, on: [after_store], sql: x, http: 'https://example.org'}",
        "{name: a, on: [], sql: x}",
        "{name: a, on: [sometimes], sql: x}",
        "{name: a, on: [before_run], sql: x}",
        "{name: a, on: [after_store], http: 'ftp://example.org'}",
        "{name: a, on: [after_store], http: 'https://me:pw@example.org'}",
        "{name: a, on: [after_store], command: []}",
        "{name: a, on: [after_store], command: [x], inherit: [MISSING]}",
        "{name: a, on: [after_store], command: [x], environment: {TRANCHE_RUN: y}}",
        "{name: a, on: [after_store], sql: x, timeout: 2h}",
        "{name: a, on: [after_store], sql: x, headers: {A: b}}",
        "{name: a, on: [after_store], sql: x, shell: true}",
      })
  void what_cannot_be_meant_is_refused_with_its_place(String hook) {
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> read("hooks:\n  - " + hook + "\n"));
    assertThat(refused).isNotNull();
    assertThat(refused.problem().what()).contains("hooks.yaml");
  }

  @Test
  void a_name_is_taken_once() {
    String twice = "hooks: [{name: a, on: [on_error], sql: x}, {name: a, on: [on_error], sql: y}]";
    assertThat(catchThrowableOfType(ProblemException.class, () -> read(twice))).isNotNull();
  }

  private List<HookConfig> read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("hooks.yaml"), text);
    return HooksFile.read(file, Map.of("DEPLOY_KEY", "k3y", "PAGE_TOKEN", "t0ken"));
  }
}
