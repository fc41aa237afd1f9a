package tranche.postgres.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.core.Utils;
import org.postgresql.util.PasswordUtil;
import tranche.postgres.database.DatabaseAccess;
import tranche.postgres.database.Databases;
import tranche.postgres.database.Identifier;
import tranche.postgres.database.Login;
import tranche.postgres.database.SqlState;
import tranche.postgres.database.Unreachable;

/// The role that the application signs in as.
///
/// The server never sees its password: a SCRAM verifier is computed here and sent instead, so the
/// password cannot get into the server's log or into `pg_stat_activity`, whatever is logged there.
final class ApplicationRole {
  /// Roles belong to the whole server, where no advisory lock reaches: two databases may create the
  /// same role at the same time. The loser looks again.
  private static final int TRIES = 8;

  /// What would let the application see other tenants, change schemas, or become somebody who can.
  private static final String EXCESS =
      """
      SELECT concat_ws(', ',
        CASE WHEN r.rolsuper THEN 'is a superuser' END,
        CASE WHEN r.rolbypassrls THEN 'bypasses row-level security' END,
        CASE WHEN r.rolcreatedb THEN 'may create databases' END,
        CASE WHEN r.rolcreaterole THEN 'may create roles' END,
        CASE WHEN r.rolreplication THEN 'may replicate' END,
        CASE WHEN NOT r.rolcanlogin THEN 'may not log in' END,
        CASE WHEN NOT r.rolsuper THEN (
          SELECT 'is a member of ' || string_agg(quote_ident(o.rolname), ' and ')
          FROM pg_roles o
          WHERE o.oid <> r.oid AND pg_has_role(r.oid, o.oid, 'MEMBER')
            AND (o.rolsuper OR o.rolbypassrls OR o.rolcreaterole OR o.rolname = current_user)) END)
      FROM pg_roles r WHERE r.rolname = ?
      """;

  private final Databases databases;

  ApplicationRole(Databases databases) {
    this.databases = databases;
  }

  /// Creates the role if it is missing. One that exists with more rights than the application may
  /// have is refused, not changed: it may be somebody else's.
  void ensure(Connection connection, DatabaseAccess access) throws SQLException {
    Login login = access.requireApplication().login();
    for (int attempt = 1; ; attempt++) {
      try {
        if (!isFit(connection, access)) {
          execute(
              connection,
              "CREATE ROLE "
                  + Identifier.quote(login.user())
                  + " LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION PASSWORD "
                  + verifier(login));
        }
        return;
      } catch (SQLException e) {
        requireRace(e, attempt);
      }
    }
  }

  /// Signs in as the role; sets the password if the server has another one.
  void requireLogin(Connection connection, DatabaseAccess access) throws SQLException {
    if (canLogIn(access)) {
      return;
    }
    for (int attempt = 1; ; attempt++) {
      try {
        Login login = access.requireApplication().login();
        execute(
            connection,
            "ALTER ROLE " + Identifier.quote(login.user()) + " PASSWORD " + verifier(login));
        break;
      } catch (SQLException e) {
        requireRace(e, attempt);
      }
    }
    if (!canLogIn(access)) {
      throw Unreachable.unfit(
          access.id(),
          "role '"
              + access.requireApplication().login().user()
              + "' cannot log in with its password");
    }
  }

  private static void requireRace(SQLException error, int attempt) throws SQLException {
    if (attempt >= TRIES || SqlState.of(error) != SqlState.CATALOG_RACE) {
      throw error;
    }
  }

  private static boolean isFit(Connection connection, DatabaseAccess access) throws SQLException {
    String user = access.requireApplication().login().user();
    try (PreparedStatement statement = connection.prepareStatement(EXCESS)) {
      statement.setString(1, user);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return false;
        }
        String excess = row.getString(1);
        if (!excess.isEmpty()) {
          throw Unreachable.unfit(access.id(), "the application's role '" + user + "' " + excess);
        }
        return true;
      }
    }
  }

  private boolean canLogIn(DatabaseAccess access) throws SQLException {
    try (Connection _ = databases.open(access.address(), access.requireApplication().login())) {
      return true;
    } catch (SQLException e) {
      if (SqlState.isWrongPassword(e)) {
        return false;
      }
      throw e;
    }
  }

  private static String verifier(Login login) throws SQLException {
    char[] password = login.requirePassword().reveal().toCharArray();
    String verifier = PasswordUtil.encodePassword(login.user(), password, "scram-sha-256");
    return Utils.escapeLiteral(new StringBuilder("'"), verifier, true).append('\'').toString();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }
}
