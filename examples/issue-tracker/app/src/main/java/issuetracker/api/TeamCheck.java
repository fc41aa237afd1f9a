package issuetracker.api;

import issuetracker.store.Session;
import issuetracker.store.Teams;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/// The rule that only a team that exists can be given work or people.
final class TeamCheck {
  private TeamCheck() {}

  static void require(Teams teams, Session session, Optional<UUID> team) throws SQLException {
    if (team.isPresent() && !teams.lockIfThere(session, team.get())) {
      throw Fields.refused(
          "\"team_id\" is no team of this tenant", "Use an id from GET /teams or leave it out.");
    }
  }
}
