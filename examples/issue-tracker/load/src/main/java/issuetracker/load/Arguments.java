package issuetracker.load;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The command line: pairs of a flag and its value.
final class Arguments {
  static final String USAGE =
      """
      usage: --url URL --tenants FILE [options]
        --url URL            where the gateway or an instance listens, for example http://127.0.0.1:8000
        --tenants FILE       one tenant per line, optionally with a weight as second column
        --rate N             requests per second (200)
        --busy FILE          tenants that receive a share of the load of their own
        --busy-share X       that share, 0 to 1 (0.4)
        --mix A,B,C          percent of POST, GET and PATCH (50,35,15)
        --seed N             another number gives other issues (1)
        --report FILE        JSON, replaced every second
        --journal FILE       one line per acknowledged write
        --seed-issues N      instead of load: create N issues per tenant, then exit
      """;

  private static final List<String> FLAGS =
      List.of(
          "--url",
          "--tenants",
          "--rate",
          "--busy",
          "--busy-share",
          "--mix",
          "--seed",
          "--report",
          "--journal",
          "--seed-issues");

  private final Map<String, String> values = new HashMap<>();

  Arguments(String[] arguments) {
    if (arguments.length % 2 != 0) {
      throw new UsageException("every flag needs a value");
    }
    for (int i = 0; i < arguments.length; i += 2) {
      if (!FLAGS.contains(arguments[i])) {
        throw new UsageException("there is no flag " + arguments[i]);
      }
      values.put(arguments[i], arguments[i + 1]);
    }
  }

  URI url() {
    String url = required("--url");
    try {
      URI uri = URI.create(url.replaceAll("/+$", ""));
      if (uri.getHost() == null || !"http".equals(uri.getScheme())) {
        throw new UsageException("--url " + url + " is not of the form http://host:port");
      }
      return uri;
    } catch (IllegalArgumentException e) {
      throw new UsageException("--url " + url + " is not a URL");
    }
  }

  Path required(String flag, String what) {
    return path(flag).orElseThrow(() -> new UsageException(flag + " (" + what + ") is missing"));
  }

  Optional<Path> path(String flag) {
    return Optional.ofNullable(values.get(flag)).map(Path::of);
  }

  boolean has(String flag) {
    return values.containsKey(flag);
  }

  /// A whole number between two bounds.
  int number(String flag, int otherwise, int max) {
    String text = values.get(flag);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) > max) {
      throw new UsageException(flag + " " + text + " is not a number from 0 to " + max);
    }
    return Integer.parseInt(text);
  }

  double share(String flag, double otherwise) {
    String text = values.get(flag);
    if (text == null) {
      return otherwise;
    }
    if (!text.matches("0(\\.[0-9]{1,6})?|1(\\.0{1,6})?")) {
      throw new UsageException(flag + " " + text + " is not between 0 and 1");
    }
    return Double.parseDouble(text);
  }

  Mix mix() {
    String text = values.getOrDefault("--mix", "50,35,15");
    if (!text.matches("[0-9]{1,3},[0-9]{1,3},[0-9]{1,3}")) {
      throw new UsageException("--mix " + text + " is not three numbers like 50,35,15");
    }
    String[] parts = text.split(",", -1);
    return new Mix(
        Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  private String required(String flag) {
    String value = values.get(flag);
    if (value == null) {
      throw new UsageException(flag + " is missing");
    }
    return value;
  }
}
