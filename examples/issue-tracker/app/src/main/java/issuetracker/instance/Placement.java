package issuetracker.instance;

/// Where one tenant lives. For the models `row`, `schema` and `database` both stores are the same;
/// a `hybrid` tenant keeps its people in a shared store and its work in one of its own.
///
/// @param tenant the tenant's id
/// @param people the store of teams and users
/// @param work the store of issues and comments, in the same database, so that one transaction can
///   span both
public record Placement(String tenant, Store people, Store work) {
  /// Refuses stores in two databases: no single transaction could cover them.
  public Placement {
    if (!people.database().equals(work.database())) {
      throw new InstanceException(
          "tenant " + tenant + ": both stores of a hybrid tenant must be in one database");
    }
  }

  /// The name of the database of both stores.
  public String database() {
    return work.database();
  }
}
