package tranche.drivers.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.secret.Secret;
import tranche.engine.fanout.Hooks;
import tranche.engine.fanout.Hooks.Event;
import tranche.engine.fanout.Hooks.Result;
import tranche.engine.fanout.RunId;

class HookCallsTest {
  private static final Hooks.Context CONTEXT =
      new Hooks.Context(
          Event.ON_ERROR,
          new RunId("s-0123456789"),
          Optional.of(new StoreId(new DatabaseId("pool"), "tenant_acme")),
          Map.of("what", "it said \"no\" $(touch pwned) `x` ; rm", "tenant", "acme"));
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private HttpServer server;
  private final List<String> received = new CopyOnWriteArrayList<>();
  private int status = 204;
  private Duration delay = Duration.ZERO;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          received.add(
              exchange.getRequestHeaders().getFirst("Authorization")
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-Team")
                  + " "
                  + body);
          if (delay.isZero()) {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          } // otherwise the answer never comes
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void a_program_gets_its_arguments_as_they_are_and_the_event_in_variables() throws IOException {
    var action =
        new CommandAction(
            SampleHook.command("tell", "a b", "$HOME", "*"), Map.of("EXTRA", "1"), folder);

    assertThat(call(action, LONG)).isEqualTo(new Result.Proceed());
    List<String> seen = Files.readAllLines(folder.resolve("seen"));
    assertThat(seen.getFirst()).isEqualTo("[a b, $HOME, *]");
    assertThat(seen)
        .contains(
            "EXTRA=1",
            "TRANCHE_DATABASE=pool",
            "TRANCHE_EVENT=on_error",
            "TRANCHE_RUN=s-0123456789",
            "TRANCHE_SCHEMA=tenant_acme",
            "TRANCHE_TENANT=acme",
            "TRANCHE_WHAT=it said \"no\" $(touch pwned) `x` ; rm");
    assertThat(folder.resolve("pwned")).doesNotExist();
  }

  @Test
  void a_program_sees_nothing_of_our_environment_but_the_harmless_part() throws IOException {
    var action = new CommandAction(SampleHook.command("tell"), Map.of(), folder);
    assertThat(call(action, LONG)).isEqualTo(new Result.Proceed());

    List<String> seen = Files.readAllLines(folder.resolve("seen"));
    Set<String> harmless = Set.of("PATH", "HOME", "LANG", "TMPDIR");
    assertThat(seen.subList(1, seen.size()))
        .map(line -> line.substring(0, line.indexOf('=')))
        .filteredOn(name -> !name.startsWith("TRANCHE_"))
        .isSubsetOf(harmless);
  }

  @Test
  void an_exit_code_is_a_failure_that_quotes_the_end_of_the_output() {
    var action = new CommandAction(SampleHook.command("fail"), Map.of(), folder);
    assertThat(problem(call(action, LONG)))
        .startsWith("Hook 'h' failed at on_error: it ended with exit code 3: xxx")
        .endsWith("no, sorry")
        .hasSizeLessThan(700);
  }

  @Test
  void a_program_that_does_not_end_is_stopped_with_its_children() throws IOException {
    var action = new CommandAction(SampleHook.command("hang"), Map.of(), folder);
    assertThat(problem(call(action, Duration.ofSeconds(8))))
        .contains("did not end within 8000 ms and was stopped");
    long child = Long.parseLong(Files.readString(folder.resolve("child")));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void a_program_that_is_not_there_is_named() {
    var action = new CommandAction(List.of("no-such-program"), Map.of(), folder);
    assertThat(problem(call(action, LONG)))
        .contains("it cannot be started", "no-such-program", "No such file");
  }

  @Test
  void an_endpoint_gets_one_flat_object_and_the_token() {
    var action = new HttpAction(url(), Map.of("X-Team", "sre"), Optional.of(Secret.of("s3cret")));
    assertThat(call(action, LONG)).isEqualTo(new Result.Proceed());

    assertThat(received).singleElement().asString().startsWith("Bearer s3cret sre {");
    String body = received.getFirst().substring("Bearer s3cret sre ".length());
    Map<String, String> sent = new JsonMapper().readValue(body, new TypeReference<>() {});
    assertThat(sent).isEqualTo(CONTEXT.values());
  }

  @Test
  void another_status_or_no_answer_is_a_failure_that_does_not_name_the_path() {
    status = 302;
    var action = new HttpAction(url(), Map.of(), Optional.empty());
    assertThat(problem(call(action, LONG)))
        .contains("answered with status 302")
        .doesNotContain("/p/");

    delay = Duration.ofSeconds(60);
    assertThat(problem(call(action, Duration.ofMillis(300)))).contains("gave no answer");
  }

  @Test
  void hooks_are_called_in_their_order_until_one_fails_and_only_at_their_events() {
    List<String> called = new ArrayList<>();
    var hooks =
        new HookCalls(
            List.of(
                hook("a", EnumSet.of(Event.ON_ERROR), (_, _) -> called.add("a")),
                hook("b", EnumSet.of(Event.AFTER_RUN), (_, _) -> called.add("b")),
                hook(
                    "c",
                    EnumSet.of(Event.ON_ERROR),
                    (_, _) -> {
                      throw new HookFailure("nope");
                    }),
                hook("d", EnumSet.of(Event.ON_ERROR), (_, _) -> called.add("d"))));

    assertThat(hooks.wants(Event.ON_ERROR)).isTrue();
    assertThat(hooks.wants(Event.BEFORE_RUN)).isFalse();
    assertThat(problem(hooks.call(CONTEXT))).isEqualTo("Hook 'c' failed at on_error: nope");
    assertThat(called).containsExactly("a");
  }

  private static Hook hook(String name, Set<Event> events, HookAction action) {
    return new Hook(name, events, action, LONG);
  }

  private static Result call(HookAction action, Duration limit) {
    var hook = new Hook("h", EnumSet.of(Event.ON_ERROR), action, limit);
    return new HookCalls(List.of(hook)).call(CONTEXT);
  }

  private static String problem(Result result) {
    return ((Result.Fail) result).problem().what();
  }

  private URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/p/secret-path");
  }
}
