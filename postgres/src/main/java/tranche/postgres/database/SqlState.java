package tranche.postgres.database;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/// What an error of the server or of the driver means, by its SQLSTATE.
public enum SqlState {
  /// The server cannot be reached, went away, or has no room now.
  CONNECTION,
  /// The server does not let us in, or has no such database.
  REFUSED,
  /// A lock was not granted in time, or two waited for each other.
  LOCK,
  /// A table that is asked for does not exist.
  NO_TABLE,
  /// A statement did not end in time.
  STATEMENT_TIMEOUT,
  /// A statement cannot run inside a transaction.
  NOT_IN_TRANSACTION,
  /// Two sessions created or changed the same catalog entry at once; one of them has done it.
  CATALOG_RACE,
  /// No database of that name.
  NO_DATABASE,
  /// Everything else: the statement is at fault.
  STATEMENT;

  private static final int MESSAGE_LIMIT = 500;
  private static final Set<String> CANNOT_PASS_IN_08 = Set.of("08004", "08P01");

  /// What that error means.
  public static SqlState of(SQLException error) {
    String state = state(error);
    return switch (state) {
      case "3D000" -> NO_DATABASE;
      case "55P03", "40P01" -> LOCK;
      case "42P01" -> NO_TABLE;
      case "57014" -> STATEMENT_TIMEOUT;
      case "25001" -> NOT_IN_TRANSACTION;
      case "42710", "42P04", "42P06", "42P07", "23505" -> CATALOG_RACE;
      case "57P01", "57P02", "57P03", "57P05", "25P03", "25P04" -> CONNECTION;
      case "XX000" -> isTupleRace(error) ? CATALOG_RACE : STATEMENT;
      default -> ofClass(state);
    };
  }

  private static SqlState ofClass(String state) {
    if (CANNOT_PASS_IN_08.contains(state) || state.startsWith("28")) {
      return REFUSED;
    }
    // 53 is "insufficient resources": too many connections, disk full, out of memory.
    return state.startsWith("08") || state.startsWith("53") ? CONNECTION : STATEMENT;
  }

  private static boolean isTupleRace(SQLException error) {
    return message(error).contains("tuple concurrently");
  }

  /// Whether the server refused a login because of its password.
  public static boolean isWrongPassword(SQLException error) {
    return state(error).equals("28P01");
  }

  /// The SQLSTATE of the error or, where a pool wrapped it, of its cause; empty if there is none.
  public static String state(SQLException error) {
    Throwable at = error;
    while (at != null) {
      if (at instanceof PSQLException server && server.getSQLState() != null) {
        return server.getSQLState();
      }
      at = at.getCause();
    }
    return error.getSQLState() == null ? "" : error.getSQLState();
  }

  /// What the server said, without the part that quotes data: that part may hold a customer's row.
  public static String message(SQLException error) {
    PSQLException server = serverError(error);
    String text = server == null ? error.getMessage() : said(server);
    String oneLine = text == null ? "no message" : text.replaceAll("\\s+", " ").strip();
    return oneLine.length() <= MESSAGE_LIMIT
        ? oneLine
        : oneLine.substring(0, MESSAGE_LIMIT) + "...";
  }

  private static @Nullable PSQLException serverError(SQLException error) {
    Throwable at = error;
    while (at != null) {
      if (at instanceof PSQLException server) {
        return server;
      }
      at = at.getCause();
    }
    return null;
  }

  private static @Nullable String said(PSQLException error) {
    var server = error.getServerErrorMessage();
    if (server == null || server.getMessage() == null) {
      return error.getMessage();
    }
    String hint = server.getHint() == null ? "" : " (" + server.getHint() + ")";
    return server.getMessage() + hint + " [SQLSTATE " + server.getSQLState() + "]";
  }
}
