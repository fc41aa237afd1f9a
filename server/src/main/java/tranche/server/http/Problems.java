package tranche.server.http;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import tranche.api.Wire;
import tranche.api.problem.ProblemJson;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemException;
import tranche.core.problem.ProblemKind;
import tranche.core.problem.RecordedProblem;

/// Turns whatever a handler throws into an answer. The stack of a defect goes to the log and
/// nowhere else; the trace id leads from the answer to it.
public final class Problems {
  private static final System.Logger LOG = System.getLogger(Problems.class.getName());
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;

  private Problems() {}

  /// The HTTP status of a kind of problem: the only place that knows.
  public static int status(ProblemKind kind) {
    return switch (kind) {
      case BAD_REQUEST -> 400;
      case NOT_ALLOWED -> 401;
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
      // What was asked was understood and cannot be: by rule, or because the work failed.
      case REFUSED_BY_POLICY, FAILED -> 422;
      case BUG -> 500;
      case ENVIRONMENT -> 503;
    };
  }

  /// Answers every exception of every handler.
  public static void register(JavalinConfig config) {
    config.routes.exception(Exception.class, (e, context) -> answer(context, e));
    // Without a handler of their own the web framework answers these itself.
    config.routes.exception(HttpResponseException.class, (e, context) -> answer(context, e));
  }

  private static void answer(Context context, Exception thrown) {
    String request = context.method().name() + " " + RequestProblem.shown(context.path());
    if (context.res().isCommitted()) {
      LOG.log(INFO, request + " broke off: " + thrown);
      return;
    }
    String trace = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    Problem problem = problem(thrown, request);
    if (status(problem.kind()) >= status(ProblemKind.BUG)) {
      LOG.log(ERROR, request + " failed, trace " + trace + ": " + problem.what(), thrown);
    }
    ProblemJson body = ProblemJson.of(problem, status(problem.kind()), trace);
    if (problem.kind() == ProblemKind.NOT_ALLOWED) {
      context.header("WWW-Authenticate", "Bearer realm=\"tranche\"");
    }
    context
        .status(body.status())
        .contentType(ProblemJson.MEDIA_TYPE)
        .result(Wire.tolerant().writeValueAsString(body));
  }

  private static Problem problem(Exception thrown, String request) {
    return switch (thrown) {
      case ProblemException e -> e.problem();
      case HttpResponseException e
          when e.getStatus() == NOT_FOUND || e.getStatus() == METHOD_NOT_ALLOWED ->
          new RequestProblem.NoSuchRoute(request);
      case HttpResponseException e when e.getStatus() < status(ProblemKind.BUG) ->
          new RequestProblem.BodyNotJson(String.valueOf(e.getMessage()));
      default -> internal(request);
    };
  }

  private static RecordedProblem internal(String request) {
    return new RecordedProblem(
        "internal-error",
        ProblemKind.BUG,
        "An internal error happened in " + request,
        "This is a defect in Tranche; what was asked may or may not have been done.",
        "Look at what is there before asking again, and report it with the part of the control"
            + " plane's log that names the trace id.");
  }
}
