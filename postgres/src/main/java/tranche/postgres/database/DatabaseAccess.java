package tranche.postgres.database;

import java.util.Objects;
import java.util.Optional;
import tranche.core.fleet.DatabaseId;

/// How a declared database is reached.
///
/// @param id the name under which the configuration declares it
/// @param address where it is
/// @param admin the role that changes schemas: owns them, and is superuser or has BYPASSRLS where
///   tables have row-level security
/// @param application how the application reaches it; empty where nobody said so, as for a database
///   that is only migrated
/// @param ifMissing whether it is created on first use
public record DatabaseAccess(
    DatabaseId id,
    DatabaseAddress address,
    Login admin,
    Optional<ApplicationAccess> application,
    IfMissing ifMissing) {
  /// Checks that admin and application are two roles.
  ///
  /// @throws IllegalArgumentException if they are one: the application could then change schemas
  ///   and see every tenant
  public DatabaseAccess {
    Objects.requireNonNull(id);
    Objects.requireNonNull(address);
    Objects.requireNonNull(ifMissing);
    if (application.filter(a -> a.login().user().equals(admin.user())).isPresent()) {
      throw new IllegalArgumentException(
          "database " + id + ": admin and application are the same role '" + admin.user() + "'");
    }
  }

  /// A database with an application.
  public DatabaseAccess(
      DatabaseId id,
      DatabaseAddress address,
      Login admin,
      ApplicationAccess application,
      IfMissing ifMissing) {
    this(id, address, admin, Optional.of(application), ifMissing);
  }

  /// How the application reaches it.
  ///
  /// @throws IllegalStateException if nobody said so
  public ApplicationAccess requireApplication() {
    return application.orElseThrow(
        () -> new IllegalStateException("nobody said how the application reaches " + id));
  }
}
