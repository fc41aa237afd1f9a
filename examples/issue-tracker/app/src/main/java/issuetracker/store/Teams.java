package issuetracker.store;

import issuetracker.issue.IssueFilter;
import issuetracker.issue.Team;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// The teams of a tenant.
public final class Teams {
  private static final String COLUMNS = "tenant_id, id, name, created_at";

  /// The first hundred teams by name.
  public List<Team> list(Session session) throws SQLException {
    return session.query(
        "SELECT "
            + COLUMNS
            + " FROM "
            + table(session)
            + " WHERE tenant_id = ? ORDER BY name LIMIT "
            + IssueFilter.MAX,
        Teams::read,
        session.tenant());
  }

  /// One team.
  public Optional<Team> find(Session session, UUID id) throws SQLException {
    return session.queryOne(
        "SELECT " + COLUMNS + " FROM " + table(session) + " WHERE tenant_id = ? AND id = ?",
        Teams::read,
        session.tenant(),
        id);
  }

  /// Adds a team with a new id.
  public Optional<Team> create(Session session, String name) throws SQLException {
    return session.queryOne(
        "INSERT INTO "
            + table(session)
            + " (tenant_id, id, name) VALUES (?, ?, ?) RETURNING "
            + COLUMNS,
        Teams::read,
        session.tenant(),
        UUID.randomUUID(),
        name);
  }

  /// Gives a team another name.
  public Optional<Team> rename(Session session, UUID id, String name) throws SQLException {
    return session.queryOne(
        "UPDATE "
            + table(session)
            + " SET name = ? WHERE tenant_id = ? AND id = ? RETURNING "
            + COLUMNS,
        Teams::read,
        name,
        session.tenant(),
        id);
  }

  /// Removes a team; its issues and users stay, without a team. False when there was none.
  ///
  /// The row of the team is deleted first: that waits for every transaction that has just given the
  /// team to an issue ([#lockIfThere]), so the second statement sees those issues too.
  public boolean delete(Session session, UUID id) throws SQLException {
    int deleted =
        session.update(
            "DELETE FROM " + table(session) + " WHERE tenant_id = ? AND id = ?",
            session.tenant(),
            id);
    if (deleted == 0) {
      return false;
    }
    session.update(
        "UPDATE "
            + session.work("issue")
            + " SET team_id = NULL, updated_at = now() WHERE tenant_id = ? AND team_id = ?",
        session.tenant(),
        id);
    return true;
  }

  /// Whether the team exists, and if so keeps it from being deleted until the transaction ends.
  /// Issues may live in another schema than teams, where no foreign key could point to a hybrid
  /// tenant's team.
  public boolean lockIfThere(Session session, UUID id) throws SQLException {
    return session
        .queryOne(
            "SELECT 1 FROM " + table(session) + " WHERE tenant_id = ? AND id = ? FOR KEY SHARE",
            row -> row.getInt(1),
            session.tenant(),
            id)
        .isPresent();
  }

  private static String table(Session session) {
    return session.people("team");
  }

  private static Team read(ResultSet row) throws SQLException {
    return new Team(
        row.getString(1),
        row.getObject(2, UUID.class),
        row.getString(3),
        row.getObject(4, OffsetDateTime.class).toInstant());
  }
}
