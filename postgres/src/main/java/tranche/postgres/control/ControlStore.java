package tranche.postgres.control;

import java.util.List;
import java.util.Optional;
import tranche.engine.delivery.DesiredArms;
import tranche.engine.fleet.Ledger;
import tranche.engine.journal.Journal;
import tranche.engine.journal.Leases;
import tranche.engine.release.ReleaseStore;
import tranche.engine.request.IdempotencyKeys;
import tranche.engine.rollout.RolloutStore;

/// The control database, as the engine's ports. Safe for use by many threads.
///
/// Every method of every port throws a [tranche.core.problem.ProblemException] with
/// [ControlProblem.ControlStoreUnavailable] when the database does not serve, in which case nothing
/// was written, and, for appends and starts, with [ControlProblem.CommitUnknown] when that could
/// not be found out. Lists are asked for in pages of 10,000 at most.
public final class ControlStore implements AutoCloseable {
  private final Database database;
  private final Journal journal;
  private final Leases leases;
  private final RolloutStore rollouts;
  private final ReleaseStore releases;
  private final Ledger ledger;
  private final DesiredArms desiredArms;
  private final IdempotencyKeys idempotencyKeys;

  private ControlStore(Database database) {
    this.database = database;
    this.journal = new PostgresJournal(database);
    this.leases = new PostgresLeases(database);
    this.rollouts = new PostgresRolloutStore(database);
    this.releases = new PostgresReleaseStore(database);
    this.ledger = new PostgresLedger(database);
    this.desiredArms = new PostgresDesiredArms(database);
    this.idempotencyKeys = new PostgresIdempotencyKeys(database);
  }

  /// Connects, and creates or upgrades the tables.
  ///
  /// @throws tranche.core.problem.ProblemException with a [ControlProblem] if the database cannot
  ///   be reached or belongs to another Tranche; it is unchanged then
  public static ControlStore open(ControlStoreSettings settings) {
    return open(settings, Upgrades.SCRIPTS);
  }

  /// Connects to a control database that is there already, for those who only look; creates and
  /// upgrades nothing.
  ///
  /// @return empty if no control plane has ever used the database
  /// @throws tranche.core.problem.ProblemException with a [ControlProblem] if the database cannot
  ///   be reached or belongs to another Tranche
  public static Optional<ControlStore> find(ControlStoreSettings settings) {
    Database database = Database.open(settings);
    try {
      if (Upgrades.isThere(database, Upgrades.SCRIPTS)) {
        return Optional.of(new ControlStore(database));
      }
      database.close();
      return Optional.empty();
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  static ControlStore open(ControlStoreSettings settings, List<String> upgrades) {
    Database database = Database.open(settings);
    try {
      Upgrades.run(database, upgrades);
      return new ControlStore(database);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /// What was decided and done.
  public Journal journal() {
    return journal;
  }

  /// Who may act.
  public Leases leases() {
    return leases;
  }

  /// Plans and rollouts.
  public RolloutStore rollouts() {
    return rollouts;
  }

  /// Releases.
  public ReleaseStore releases() {
    return releases;
  }

  /// What each tenant runs.
  public Ledger ledger() {
    return ledger;
  }

  /// Which arms shall run.
  public DesiredArms desiredArms() {
    return desiredArms;
  }

  /// Requests that may arrive twice.
  public IdempotencyKeys idempotencyKeys() {
    return idempotencyKeys;
  }

  /// Closes all connections.
  @Override
  public void close() {
    database.close();
  }
}
