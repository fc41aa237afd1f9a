package tranche.postgres.control;

import java.util.List;

/// What a session of a store is told by the server about its own limits.
final class SessionLimits {
  private SessionLimits() {}

  static List<String> of(ControlStoreSettings settings) {
    try (Database database = Database.open(settings)) {
      return database.call(handle ->
          List.of("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
              .stream()
              .map(name -> handle.createQuery("SHOW " + name).mapTo(String.class).one())
              .toList());
    }
  }
}
