package issuetracker.instance;

/// One PostgreSQL database this process may use.
///
/// @param host where the server listens
/// @param port its TCP port
/// @param name the name of the database on that server
/// @param login who to be there
/// @param maxConnections the most connections this process opens to it, at least 1
public record Database(String host, int port, String name, Login login, int maxConnections) {
  /// Checks the number of connections.
  public Database {
    if (maxConnections < 1 || maxConnections > 1_000) {
      throw new InstanceException(
          "database " + name + ": \"maxConnections\" must be between 1 and 1000");
    }
  }

  /// A database role and its password.
  ///
  /// @param user the role
  /// @param password its secret, never printed
  public record Login(String user, Password password) {}
}
