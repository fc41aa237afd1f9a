package tranche.postgres.fanout;

import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tranche.core.fleet.StoreId;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.HistoryKind;
import tranche.core.migration.StoreHistory;
import tranche.core.migration.StorePlaceholder;
import tranche.core.release.SchemaVersion;
import tranche.engine.fanout.RunContext;

/// What the changes of all stores over one connection have in common: the connection, the run, and
/// texts that were made once.
final class StoreWork {
  private final Link link;
  private final RunContext context;
  private final Map<HistoryKind, ForeignHistoryWriter> foreign;
  private final RandomGenerator random;
  private final IdentityHashMap<CompiledMigration, PreparedMigration> prepared =
      new IdentityHashMap<>();
  private final IdentityHashMap<StoreHistory, SchemaVersion> versions = new IdentityHashMap<>();
  private final Set<String> kept = new HashSet<>();

  StoreWork(
      Link link,
      RunContext context,
      Map<HistoryKind, ForeignHistoryWriter> foreign,
      RandomGenerator random) {
    this.link = link;
    this.context = context;
    this.foreign = foreign;
    this.random = random;
  }

  Link link() {
    return link;
  }

  RunContext context() {
    return context;
  }

  /// Patience for one more store.
  Waits waits() {
    return new Waits(context.limits(), random);
  }

  /// Who keeps the other history of such stores, if there is one that is kept.
  ///
  /// @throws IllegalStateException if nobody does but somebody must
  Optional<ForeignHistoryWriter> foreign(HistoryKind kind) {
    @Nullable ForeignHistoryWriter writer = foreign.get(kind);
    boolean isNeeded =
        switch (kind) {
          case FLYWAY, GOLANG_MIGRATE, RAILS -> true;
          case TRANCHE, LIQUIBASE, ALEMBIC, DJANGO -> false;
        };
    if (writer == null && isNeeded) {
      throw new IllegalStateException("nobody keeps histories of kind " + kind.word());
    }
    return Optional.ofNullable(writer);
  }

  /// The text of a migration for a store.
  PreparedMigration prepared(CompiledMigration migration, StoreId store) {
    PreparedMigration known = prepared.get(migration);
    if (known != null) {
      return known;
    }
    PreparedMigration made =
        PreparedMigration.of(migration, context.callbacks(), placeholders(store));
    if (!made.isPerStore()) {
      prepared.put(migration, made);
    }
    return made;
  }

  /// The version of a history. Thousands of stores share one, so it is worked out once.
  SchemaVersion version(StoreHistory history) {
    return versions.computeIfAbsent(history, StoreChange::version);
  }

  /// The values of one store.
  Map<StorePlaceholder, String> placeholders(StoreId store) {
    return StoreValues.of(store, link.access(), Optional.ofNullable(context.tenants().get(store)));
  }

  /// What has to be said before a transaction may refer to the texts of a migration. Texts that are
  /// the same for all stores are kept once, outside of any store's transaction: inside, every store
  /// would wait for the first one's commit.
  ///
  /// @return statements for the store's own transaction
  List<String> keep(PreparedMigration migration) {
    if (kept.contains(migration.digest())) {
      return List.of();
    }
    String sql =
        StoreMessages.keepScript(migration.digest(), migration.forward(), migration.undo());
    if (migration.isPerStore()) {
      return List.of(sql);
    }
    // The history that refers to it is written to the disk later, and this with it.
    if (link.session().send(Link.WITHOUT_DISK + sql) instanceof Answer.Refused) {
      // The reason, a broken connection or missing rights, shows in the transaction itself.
      link.session().rollBack();
      return List.of(sql);
    }
    boolean _ = kept.add(migration.digest());
    return List.of();
  }
}
