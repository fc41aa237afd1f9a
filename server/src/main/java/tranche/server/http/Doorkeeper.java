package tranche.server.http;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Locale;
import java.util.Set;
import tranche.api.Wire;
import tranche.core.secret.Secret;

/// Lets in who names this server by a name it has and shows the token. A page in somebody's browser
/// can do neither: it cannot read the token, and a name of its own that leads to this machine is
/// refused.
public final class Doorkeeper {
  private static final Set<String> OPEN = Set.of("/", Wire.BASE + "/healthz");
  private static final String SCHEME = "bearer ";

  private final Secret token;
  private final Set<String> hosts;

  /// Hosts are names or addresses without a port, in lower case.
  public Doorkeeper(Secret token, Set<String> hosts) {
    this.token = token;
    this.hosts = Set.copyOf(hosts);
  }

  /// Looks at every request before any route does.
  public void register(JavalinConfig config) {
    config.routes.before(this::check);
  }

  private void check(Context context) {
    context.header("Cache-Control", "no-store");
    context.header("X-Content-Type-Options", "nosniff");
    String host = context.header("Host");
    if (host == null || !hosts.contains(withoutPort(host.toLowerCase(Locale.ROOT)))) {
      throw new RequestProblem.HostNotServed(host == null ? "" : host).exception();
    }
    if (!OPEN.contains(context.path())) {
      requireToken(context);
    }
    if (!context.method().equals(HandlerType.GET) && !context.method().equals(HandlerType.POST)) {
      String request = context.method().name() + " " + RequestProblem.shown(context.path());
      throw new RequestProblem.NoSuchRoute(request).exception();
    }
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    boolean isBareAddress = host.endsWith("]") || colon < 0;
    return isBareAddress ? host : host.substring(0, colon);
  }

  private void requireToken(Context context) {
    String header = context.header("Authorization");
    if (header == null) {
      throw new RequestProblem.NotSignedIn("carries no token").exception();
    }
    boolean isBearer = header.toLowerCase(Locale.ROOT).startsWith(SCHEME);
    String shown = isBearer ? header.substring(SCHEME.length()).strip() : "";
    // Secret compares in a time that does not depend on where the two differ.
    if (shown.isEmpty() || !token.equals(Secret.of(shown))) {
      throw new RequestProblem.NotSignedIn("carries a token that is not this control plane's")
          .exception();
    }
  }
}
