package tranche.server.http;

import io.javalin.http.Context;
import tranche.api.Wire;

/// An answer as it is sent, and as it is kept for a request that comes again.
record Answer(int status, String body) {
  static Answer of(int status, Object resource) {
    return new Answer(status, Wire.tolerant().writeValueAsString(resource));
  }

  void send(Context context) {
    context.status(status).contentType("application/json").result(body);
  }
}
