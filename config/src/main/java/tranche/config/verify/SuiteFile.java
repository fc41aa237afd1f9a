package tranche.config.verify;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tranche.config.problem.ConfigProblem;
import tranche.config.problem.Findings;
import tranche.config.yaml.Json;
import tranche.config.yaml.YamlFile;
import tranche.config.yaml.YamlMap;
import tranche.config.yaml.YamlNode;
import tranche.config.yaml.YamlValue;
import tranche.core.verify.Check;
import tranche.core.verify.Suite;

/// Reads a verification suite from a YAML file.
public final class SuiteFile {
  private static final int MAX_CHECKS = 500;
  private static final Map<String, String> METHODS =
      Map.of(
          "GET", "GET", "HEAD", "HEAD", "POST", "POST", "PUT", "PUT", "PATCH", "PATCH", "DELETE",
          "DELETE", "OPTIONS", "OPTIONS");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
  private static final Pattern CAPTURED = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final Set<String> GIVEN = Set.of("release", "tenant", "run");
  private static final Pattern POINTER = Pattern.compile("(/([^~]|~[01])*)?");

  private final Findings findings;
  private final Set<String> checkNames = new HashSet<>();

  private SuiteFile(Findings findings) {
    this.findings = findings;
  }

  /// The suite in a file. What is wrong with single checks goes to `findings`.
  ///
  /// @throws tranche.core.problem.ProblemException [ConfigProblem]
  public static Suite read(Path file, Findings findings) {
    YamlMap map = YamlFile.read(file, findings).map("name", "checks");
    String name =
        map.required("name", "a name for the suite")
            .text(t -> t.length() <= 64, "a name of at most 64 characters");
    YamlValue checks = map.required("checks", "a list of checks");
    List<YamlValue> list = checks.list();
    if (list.isEmpty() || list.size() > MAX_CHECKS) {
      throw checks.wrong("a list of 1 to " + MAX_CHECKS + " checks");
    }
    SuiteFile reader = new SuiteFile(findings);
    return new Suite(name, findings.each(list, reader::check));
  }

  private Check check(YamlValue value) {
    YamlMap map = value.map("name", "request", "expect", "capture");
    String name =
        map.required("name", "what the check shows, in a few words")
            .text(checkNames::add, "a name that no earlier check of the suite has");
    return new Check(
        name,
        request(map.required("request", "{method: GET, path: /version}")),
        expectation(map.required("expect", "{status: 200}")),
        map.optional("capture").map(this::capture).orElse(Map.of()));
  }

  private Check.Request request(YamlValue value) {
    YamlMap map = value.map("method", "path", "headers", "body");
    return new Check.Request(
        map.optional("method").map(v -> v.choice(METHODS)).orElse("GET"),
        map.required("path", "the path of the request, beginning with /")
            .text(
                t -> t.startsWith("/") && t.chars().noneMatch(Character::isWhitespace),
                "a path that begins with / and has no spaces"),
        map.optional("headers").map(this::headers).orElse(Map.of()),
        map.optional("body").map(v -> Json.text(v.node())));
  }

  private Map<String, String> headers(YamlValue value) {
    Map<String, String> headers = new HashMap<>();
    value
        .entries()
        .forEach((name, v) -> {
          if (!HEADER.matcher(name).matches()) {
            throw v.wrong("a value under the name of an HTTP header");
          }
          headers.put(name, v.text());
        });
    return headers;
  }

  private Check.Expectation expectation(YamlValue value) {
    YamlMap map = value.map("status", "json");
    return new Check.Expectation(
        map.required("status", "the HTTP status of the answer, such as 200").integer(100, 599),
        map.optional("json").map(SuiteFile::json).orElse(Map.of()));
  }

  private static Map<String, String> json(YamlValue value) {
    Map<String, String> json = new HashMap<>();
    value.entries().forEach((key, v) -> putPointer(json, key, v, expected(v)));
    return json;
  }

  private static String expected(YamlValue value) {
    return value.node() instanceof YamlNode.Scalar scalar
        ? scalar.isNull() ? "null" : scalar.text()
        : value.text();
  }

  private static void putPointer(
      Map<String, String> json, String key, YamlValue value, String expected) {
    String pointer = pointer(key, value);
    if (json.putIfAbsent(pointer, expected) != null) {
      throw value.wrong("one value for " + pointer + "; a key without / means /key");
    }
  }

  private static String pointer(String key, YamlValue value) {
    String pointer = key.isEmpty() || key.startsWith("/") ? key : "/" + key;
    if (!POINTER.matcher(pointer).matches()) {
      throw value.wrong(
          "a value under a JSON pointer, in which ~ is written ~0 and a / in a name ~1");
    }
    return pointer;
  }

  private Map<String, String> capture(YamlValue value) {
    Map<String, String> capture = new HashMap<>();
    value.entries().forEach((name, v) -> findings.attempt(() -> put(capture, name, v)));
    return capture;
  }

  private static Optional<String> put(Map<String, String> capture, String name, YamlValue value) {
    if (!CAPTURED.matcher(name).matches() || GIVEN.contains(name)) {
      throw value.wrong(
          "a JSON pointer under a name of lower-case letters, digits and '_' other than release,"
              + " tenant and run");
    }
    return Optional.ofNullable(capture.put(name, pointer(value.text(), value)));
  }
}
