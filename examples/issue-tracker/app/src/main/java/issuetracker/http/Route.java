package issuetracker.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// One endpoint: a method, a path pattern with at most one `{id}`, and what answers it.
public sealed interface Route {
  /// The HTTP method.
  String method();

  /// The path with its placeholder, which is also the `route` label of the metrics.
  String pattern();

  /// An endpoint that asks no tenant: for the platform and for operators.
  ///
  /// @param method the HTTP method
  /// @param pattern the path
  /// @param answer gives the response
  record ForPlatform(String method, String pattern, Supplier<Response> answer) implements Route {}

  /// An endpoint for the users of a tenant.
  ///
  /// @param method the HTTP method
  /// @param pattern the path
  /// @param answer gives the response
  record ForTenant(String method, String pattern, Function<TenantRequest, Response> answer)
      implements Route {}

  /// The values of the placeholders when the path fits the pattern; empty when it does not.
  default Optional<Map<String, String>> match(String path) {
    List<String> wanted = List.of(pattern().split("/", -1));
    List<String> given = List.of(path.split("/", -1));
    if (wanted.size() != given.size()) {
      return Optional.empty();
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      if (wanted.get(i).startsWith("{")) {
        values.put(wanted.get(i).substring(1, wanted.get(i).length() - 1), given.get(i));
      } else if (!wanted.get(i).equals(given.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(Map.copyOf(values));
  }
}
