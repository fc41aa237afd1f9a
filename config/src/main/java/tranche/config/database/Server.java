package tranche.config.database;

/// A PostgreSQL server.
public sealed interface Server {
  /// The one that Tranche starts itself, under the data folder.
  record Embedded() implements Server {
    @Override
    public String toString() {
      return "embedded";
    }
  }

  /// One that somebody else runs; `login` owns the stores in it.
  record External(String host, int port, Login login) implements Server {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }
}
