package tranche.app.schema;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import tranche.app.schema.selection.TargetStore;
import tranche.app.schema.selection.Targets;
import tranche.core.adopt.AdoptionRules;
import tranche.core.fleet.StoreId;
import tranche.core.migration.CompiledMigration;
import tranche.core.migration.SourceMigration;
import tranche.core.problem.ProblemException;
import tranche.engine.fanout.ChangeLimits;
import tranche.engine.fanout.Hooks;
import tranche.engine.fanout.RunContext;
import tranche.engine.fanout.RunId;
import tranche.engine.fanout.StoreAccess;
import tranche.postgres.adopt.AdoptedStores;
import tranche.postgres.adopt.Adopter;
import tranche.postgres.adopt.ForeignTables;
import tranche.postgres.adopt.Writers;
import tranche.postgres.database.DatabaseDirectory;
import tranche.postgres.fanout.PostgresStoreAccess;
import tranche.postgres.fanout.PostgresStoreAccess.Durability;

/// Puts together what reaches stores.
public final class Stores {
  private Stores() {}

  /// Reaches stores, and knows of adopted ones only what was written down of them.
  public static StoreAccess access(DatabaseDirectory directory) {
    return new PostgresStoreAccess(directory, Writers.of(ForeignTables.ORDINARY), random());
  }

  /// Reaches stores that are being made: what is done to them need not outlive a crash of the
  /// server.
  public static StoreAccess making(DatabaseDirectory directory) {
    return new PostgresStoreAccess(
        directory, Writers.of(ForeignTables.ORDINARY), random(), Durability.LATER);
  }

  /// Reaches stores, and sees what the tools that they were adopted from have run since.
  public static StoreAccess seeing(Targets targets, Folders folders) {
    return adopted(targets, folders, Optional.empty());
  }

  /// The same for a run that changes stores: news are written into their histories first.
  static StoreAccess following(Targets targets, Folders folders, RunId run, String person) {
    return adopted(
        targets,
        folders,
        Optional.of(
            new RunContext(
                run, person, ChangeLimits.ORDINARY, List.of(), Map.of(), Map.of(), Hooks.NONE)));
  }

  private static StoreAccess adopted(
      Targets targets, Folders folders, Optional<RunContext> writing) {
    Map<StoreId, String> sets = new HashMap<>();
    for (TargetStore store : targets.stores()) {
      sets.put(store.store(), Folders.setOf(store));
    }
    Map<String, Adopter> adopters = adopters(targets.directory(), folders, AdoptionRules.NONE);
    Function<StoreId, Optional<Adopter>> of =
        id -> Optional.ofNullable(sets.get(id)).map(adopters::get);
    return new AdoptedStores(access(targets.directory()), targets.directory(), of, writing);
  }

  /// Who understands the histories of other tools, by the name of the set of stores.
  static Map<String, Adopter> adopters(
      DatabaseDirectory directory, Folders folders, AdoptionRules rules) {
    Understanding understanding = new Understanding(java.util.Set.of());
    Map<String, Adopter> adopters = new HashMap<>();
    for (Folders.OfSet set : folders.sets()) {
      adopters.put(
          set.name(),
          new Adopter(
              directory,
              ForeignTables.ORDINARY,
              set.reading().set(),
              rules,
              migration -> understood(understanding, migration)));
    }
    return adopters;
  }

  /// Nothing for a script that is not understood: it was run already, and only what takes it back
  /// would follow from it.
  private static Optional<CompiledMigration> understood(
      Understanding understanding, SourceMigration migration) {
    try {
      return Optional.of(understanding.whole(migration));
    } catch (ProblemException _) {
      return Optional.empty();
    }
  }

  /// Safe for several threads.
  private static RandomGenerator random() {
    return () -> ThreadLocalRandom.current().nextLong();
  }
}
