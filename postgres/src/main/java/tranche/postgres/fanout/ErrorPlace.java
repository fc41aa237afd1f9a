package tranche.postgres.fanout;

import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import tranche.postgres.database.SqlState;
import tranche.postgres.fanout.ScriptText.Part;
import tranche.postgres.fanout.ScriptText.Placed;

/// Finds out which statement of which file failed, and what may be said about it.
final class ErrorPlace {
  private ErrorPlace() {}

  /// A message that was refused.
  ///
  /// @param part what it was made of
  /// @param before how many statements stood before those of the part
  /// @param prefix what stood before the text of the part
  record RefusedPart(Part part, int before, String prefix, Answer.Refused refused) {}

  /// Whether all statements of the script had run.
  static boolean isBehindScript(RefusedPart refused) {
    return refused.part() instanceof Part.Text(_, var statements)
        && refused.refused().completed() >= refused.before() + statements.size();
  }

  /// The migration and, where it is known, the file and the line.
  static String of(String at, RefusedPart refused) {
    return placed(refused).map(place -> at + " (" + place + ")").orElse(at);
  }

  private static Optional<String> placed(RefusedPart refused) {
    return switch (refused.part()) {
      case Part.Copy(var placed, _) -> Optional.of(said(placed, 0));
      case Part.Text text -> inText(text, refused);
    };
  }

  private static Optional<String> inText(Part.Text text, RefusedPart refused) {
    int position = position(refused.refused().error());
    if (position > 0) {
      // The server counts characters, Java counts UTF-16 units.
      String whole = refused.prefix() + text.sql();
      int characters = whole.codePointCount(0, whole.length());
      int units = whole.offsetByCodePoints(0, Math.min(position - 1, characters));
      int within = units - refused.prefix().length();
      Optional<Placed> at = within < 0 ? Optional.empty() : text.at(within);
      if (at.isPresent()) {
        return at.map(placed -> said(placed, within - placed.offset()));
      }
    }
    int index = refused.refused().completed() - refused.before();
    return index < 0 || index >= text.statements().size()
        ? Optional.empty()
        : Optional.of(said(text.statements().get(index), 0));
  }

  private static String said(Placed placed, int within) {
    return placed.file() + " line " + placed.line(within);
  }

  private static int position(SQLException error) {
    if (!(error instanceof PSQLException server)) {
      return 0;
    }
    ServerErrorMessage details = server.getServerErrorMessage();
    return details == null ? 0 : details.getPosition();
  }

  /// What the server said, without anything that may be a customer's value: details are left out
  /// altogether, and messages about data (class 22) quote the value itself.
  static String message(SQLException error) {
    String said = SqlState.message(error);
    boolean isAboutData = SqlState.state(error).startsWith("22");
    return (isAboutData ? said.replaceAll("\"[^\"]*\"", "\"...\"") : said) + object(error);
  }

  private static String object(SQLException error) {
    if (!(error instanceof PSQLException server) || server.getServerErrorMessage() == null) {
      return "";
    }
    ServerErrorMessage details = server.getServerErrorMessage();
    return (details.getTable() == null ? "" : ", table " + details.getTable())
        + (details.getColumn() == null ? "" : ", column " + details.getColumn())
        + (details.getConstraint() == null ? "" : ", constraint " + details.getConstraint());
  }
}
