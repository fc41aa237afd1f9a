package tranche.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// The place where the next page begins, in a form that callers hand back and do not read.
public final class Cursor {
  private static final String MARK = "1:";

  private Cursor() {}

  /// The cursor of a place.
  public static String of(String place) {
    byte[] bytes = (MARK + place).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// The place that a request wants to go on from; empty to begin at the beginning.
  ///
  /// @throws tranche.core.problem.ProblemException [RequestProblem.ValueNotAllowed]
  public static Optional<String> place(Ask ask) {
    return ask.query("cursor").map(Cursor::decode);
  }

  /// The place as a position in a list that does not change.
  ///
  /// @throws tranche.core.problem.ProblemException [RequestProblem.ValueNotAllowed]
  public static int position(Ask ask) {
    String place = place(ask).orElse("0");
    if (!place.matches("[0-9]{1,9}")) {
      throw notOurs(place);
    }
    return Integer.parseInt(place);
  }

  private static String decode(String cursor) {
    String text;
    try {
      text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw notOurs(cursor);
    }
    if (!text.startsWith(MARK)) {
      throw notOurs(cursor);
    }
    return text.substring(MARK.length());
  }

  private static RuntimeException notOurs(String cursor) {
    return new RequestProblem.ValueNotAllowed("cursor", cursor, "`next` of the page before")
        .exception();
  }
}
