package tranche.config.hook;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tranche.config.problem.ConfigProblem;
import tranche.config.problem.Findings;
import tranche.config.yaml.YamlFile;
import tranche.config.yaml.YamlMap;
import tranche.config.yaml.YamlValue;
import tranche.core.secret.Secret;

/// Reads a file of hooks: `hooks:` and a list.
public final class HooksFile {
  private static final int MAX_HOOKS = 50;
  private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final Set<String> RUN_EVENTS = Set.of("before_run", "after_run");
  private static final Map<String, String> EVENTS =
      Map.of(
          "before_run", "before_run",
          "after_run", "after_run",
          "before_store", "before_store",
          "after_store", "after_store",
          "on_error", "on_error",
          "before_migration", "before_migration",
          "after_migration", "after_migration");

  private final Map<String, String> environment;
  private final Findings findings = new Findings();
  private final Set<String> names = new HashSet<>();

  private HooksFile(Map<String, String> environment) {
    this.environment = environment;
  }

  /// The words that `on` may hold.
  public static Set<String> events() {
    return EVENTS.keySet();
  }

  /// The hooks in a file, in their order. `environment` is where `inherit` and `token_env` look.
  ///
  /// @throws tranche.core.problem.ProblemException [ConfigProblem]: the only one, or several in one
  public static List<HookConfig> read(Path file, Map<String, String> environment) {
    HooksFile reader = new HooksFile(Map.copyOf(environment));
    YamlMap root = YamlFile.read(file, reader.findings).map("hooks");
    YamlValue list = root.required("hooks", "a list of hooks");
    if (list.list().size() > MAX_HOOKS) {
      throw list.wrong("a list of at most " + MAX_HOOKS + " hooks");
    }
    List<HookConfig> hooks = reader.findings.each(list.list(), reader::hook);
    reader.findings.throwIfAny();
    return hooks;
  }

  private HookConfig hook(YamlValue value) {
    YamlMap map =
        value.map(
            "name",
            "on",
            "command",
            "inherit",
            "environment",
            "http",
            "headers",
            "token_env",
            "sql",
            "timeout");
    String name =
        map.required("name", "a name, for messages")
            .text(t -> t.length() <= 64 && names.add(t), "a name that no earlier hook has");
    Set<String> events = events(map.required("on", "a list of events"));
    HookConfig.Action action = action(value, map);
    if (action instanceof HookConfig.Action.Sql && events.stream().anyMatch(RUN_EVENTS::contains)) {
      throw map.required("on", "")
          .wrong("events of a store or a migration: a run as such has no store to run SQL in");
    }
    return new HookConfig(name, events, action, limit(map.optional("timeout")));
  }

  private static Set<String> events(YamlValue value) {
    Set<String> events = new HashSet<>();
    value.list().forEach(v -> events.add(v.choice(EVENTS)));
    if (events.isEmpty()) {
      throw value.wrong("at least one of " + EVENTS.keySet().stream().sorted().toList());
    }
    return events;
  }

  private HookConfig.Action action(YamlValue value, YamlMap map) {
    Optional<YamlValue> command = map.optional("command");
    Optional<YamlValue> http = map.optional("http");
    Optional<YamlValue> sql = map.optional("sql");
    long given = List.of(command, http, sql).stream().filter(Optional::isPresent).count();
    if (given != 1) {
      throw value.wrong("a hook with exactly one of command, http and sql");
    }
    if (command.isPresent()) {
      map.only("name", "on", "timeout", "command", "inherit", "environment");
      return command(command.get(), map);
    }
    if (http.isPresent()) {
      map.only("name", "on", "timeout", "http", "headers", "token_env");
      return http(http.get(), map);
    }
    map.only("name", "on", "timeout", "sql");
    return new HookConfig.Action.Sql(sql.orElseThrow().block());
  }

  private HookConfig.Action command(YamlValue command, YamlMap map) {
    List<String> arguments = command.texts();
    if (arguments.isEmpty() || arguments.size() > 100) {
      throw command.wrong("a program and its arguments, such as [./notify, started]");
    }
    Map<String, String> variables = new HashMap<>();
    map.optional("inherit")
        .map(YamlValue::list)
        .orElse(List.of())
        .forEach(v -> {
          String name = v.text(VARIABLE.asMatchPredicate(), "the name of an environment variable");
          variables.put(name, inherited(v, name));
        });
    map.optional("environment")
        .map(YamlValue::entries)
        .orElse(Map.of())
        .forEach((name, v) -> {
          if (!VARIABLE.matcher(name).matches() || name.startsWith("TRANCHE_")) {
            throw v.wrong("a variable whose name does not begin with TRANCHE_");
          }
          variables.put(name, v.text());
        });
    return new HookConfig.Action.Command(arguments, variables);
  }

  private String inherited(YamlValue value, String name) {
    String found = environment.get(name);
    if (found == null) {
      throw new ConfigProblem.MissingVariable(value.where(), name).exception();
    }
    return found;
  }

  private HookConfig.Action http(YamlValue value, YamlMap map) {
    Map<String, String> headers = new HashMap<>();
    map.optional("headers")
        .map(YamlValue::entries)
        .orElse(Map.of())
        .forEach((name, v) -> {
          if (!HEADER.matcher(name).matches()) {
            throw v.wrong("the value of an HTTP header under its name");
          }
          headers.put(name, v.text());
        });
    Optional<Secret> token =
        map.optional("token_env")
            .map(v -> {
              String name =
                  v.text(VARIABLE.asMatchPredicate(), "the name of an environment variable");
              return Secret.of(inherited(v, name));
            });
    return new HookConfig.Action.Http(url(value), headers, token);
  }

  private static URI url(YamlValue value) {
    String form = "an address such as https://example.org/hook, without user and password";
    try {
      URI url = new URI(value.text());
      boolean isWeb = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
      if (!isWeb || url.getHost() == null || url.getUserInfo() != null) {
        throw value.wrong(form);
      }
      return url;
    } catch (URISyntaxException _) {
      throw value.wrong(form);
    }
  }

  private static Duration limit(Optional<YamlValue> value) {
    Duration limit = value.map(YamlValue::duration).orElse(DEFAULT_LIMIT);
    if (limit.isZero() || limit.compareTo(LONGEST) > 0) {
      throw value.orElseThrow().wrong("a time above 0 and up to 1h, such as 30s");
    }
    return limit;
  }
}
