package tranche.gateway.traffic;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tranche.gateway.problem.TrafficProblem.RequestRefused;

/// Which headers pass, in both directions, and which requests are too ambiguous to be forwarded.
final class HeaderRules {
  static final HttpString ARM = new HttpString("X-Tranche-Arm");
  static final HttpString PREVIEW = new HttpString("X-Tranche-Preview");
  static final HttpString REQUEST_ID = new HttpString("X-Request-Id");

  private static final HttpString FORWARDED = new HttpString("Forwarded");
  private static final HttpString KEEP_ALIVE = new HttpString("Keep-Alive");
  private static final HttpString PROXY_CONNECTION = new HttpString("Proxy-Connection");
  private static final String OWN_PREFIX = "x-tranche-";

  /// Meant for the next hop only.
  private static final List<HttpString> HOP_BY_HOP =
      List.of(
          Headers.CONNECTION,
          KEEP_ALIVE,
          PROXY_CONNECTION,
          Headers.PROXY_AUTHENTICATE,
          Headers.PROXY_AUTHORIZATION,
          Headers.TE,
          Headers.UPGRADE);

  /// A client must not get these removed by naming them in its Connection header.
  private static final Set<HttpString> NEVER_NAMED_AWAY =
      Set.of(
          Headers.HOST,
          Headers.CONTENT_LENGTH,
          Headers.TRANSFER_ENCODING,
          Headers.CONTENT_TYPE,
          Headers.EXPECT);

  private HeaderRules() {}

  /// The reason not to forward a request, if there is one.
  static Optional<RequestRefused> refusal(HttpServerExchange exchange) {
    HeaderMap headers = exchange.getRequestHeaders();
    if (exchange.getRequestMethod().equals(Methods.CONNECT)) {
      return refused(501, "CONNECT is not offered");
    }
    if (headers.count(Headers.HOST) != 1) {
      return refused(400, "The request has " + headers.count(Headers.HOST) + " Host headers");
    }
    int lengths = headers.count(Headers.CONTENT_LENGTH);
    int encodings = headers.count(Headers.TRANSFER_ENCODING);
    if (lengths + encodings > 1) {
      return refused(400, "The request gives the length of its body in more than one way");
    }
    if (encodings == 1
        && !"chunked".equalsIgnoreCase(headers.getFirst(Headers.TRANSFER_ENCODING).strip())) {
      return refused(501, "The transfer encoding of the request is not offered");
    }
    if (lengths == 1 && contentLength(headers) < 0) {
      return refused(400, "The Content-Length of the request is not a number");
    }
    return Optional.empty();
  }

  private static Optional<RequestRefused> refused(int status, String reason) {
    return Optional.of(new RequestRefused(status, reason));
  }

  /// The announced length; 0 without announcement, -1 when it is not a plain number.
  static long contentLength(HeaderMap headers) {
    String text = headers.getFirst(Headers.CONTENT_LENGTH);
    if (text == null) {
      return 0;
    }
    boolean digits = !text.isEmpty() && text.length() <= 18;
    for (int i = 0; i < text.length() && digits; i++) {
      digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return digits ? Long.parseLong(text) : -1;
  }

  /// Takes away what is not meant for the application, or what only the gateway may say.
  static void cleanRequest(HeaderMap headers) {
    removeNamed(headers);
    HOP_BY_HOP.forEach(headers::remove);
    headers.remove(FORWARDED);
    List<HttpString> own = new ArrayList<>();
    for (HeaderValues values : headers) {
      if (values.getHeaderName().toString().toLowerCase(Locale.ROOT).startsWith(OWN_PREFIX)) {
        own.add(values.getHeaderName());
      }
    }
    own.forEach(headers::remove);
  }

  /// Takes away what the application meant for the gateway only. The framing of the body is decided
  /// anew for the client: its HTTP version may differ.
  static void cleanResponse(HeaderMap headers) {
    removeNamed(headers);
    HOP_BY_HOP.forEach(headers::remove);
    if (headers.contains(Headers.TRANSFER_ENCODING)) {
      headers.remove(Headers.TRANSFER_ENCODING);
      headers.remove(Headers.CONTENT_LENGTH);
    }
  }

  private static void removeNamed(HeaderMap headers) {
    HeaderValues connection = headers.get(Headers.CONNECTION);
    if (connection == null) {
      return;
    }
    for (String value : List.copyOf(connection)) {
      for (String name : value.split(",", -1)) {
        HttpString header = HttpString.tryFromString(name.strip());
        if (!name.isBlank() && !NEVER_NAMED_AWAY.contains(header)) {
          headers.remove(header);
        }
      }
    }
  }
}
