package issuetracker.store;

import issuetracker.issue.IssueFilter;
import issuetracker.issue.User;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The users of a tenant.
public final class Users {
  private static final String COLUMNS = "tenant_id, id, handle, name, team_id";

  /// The first hundred users by handle.
  public List<User> list(Session session) throws SQLException {
    return session.query(
        "SELECT "
            + COLUMNS
            + " FROM "
            + session.people("app_user")
            + " WHERE tenant_id = ? ORDER BY handle LIMIT "
            + IssueFilter.MAX,
        Users::read,
        session.tenant());
  }

  /// Adds a user.
  public Optional<User> create(Session session, User user) throws SQLException {
    return session.queryOne(
        "INSERT INTO "
            + session.people("app_user")
            + " (tenant_id, id, handle, name, team_id) VALUES (?, ?, ?, ?, ?) RETURNING "
            + COLUMNS,
        Users::read,
        session.tenant(),
        user.id(),
        user.handle(),
        user.name(),
        user.team().orElse(null));
  }

  private static User read(ResultSet row) throws SQLException {
    return new User(
        row.getString(1),
        row.getObject(2, UUID.class),
        row.getString(3),
        row.getString(4),
        Optional.ofNullable(row.getObject(5, UUID.class)));
  }
}
