package tranche.core.verify;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// One HTTP request and what its answer must be.
///
/// Texts of `request` and `expect` may contain `{release}`, `{tenant}`, `{run}` (unique to the run)
/// and names captured by earlier checks. `capture` maps a name to the JSON pointer (RFC 6901) in
/// the answer whose value it takes.
public record Check(String name, Request request, Expectation expect, Map<String, String> capture) {
  public Check {
    Objects.requireNonNull(name);
    Objects.requireNonNull(request);
    Objects.requireNonNull(expect);
    capture = Map.copyOf(capture);
  }

  /// What is sent: `path` begins with `/`; `body` is JSON text.
  public record Request(
      String method, String path, Map<String, String> headers, Optional<String> body) {
    public Request {
      headers = Map.copyOf(headers);
    }
  }

  /// What must come back: this status, and at each JSON pointer this text (numbers and booleans in
  /// their JSON form).
  public record Expectation(int status, Map<String, String> json) {
    public Expectation {
      json = Map.copyOf(json);
    }
  }
}
