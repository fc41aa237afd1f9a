package tranche.engine.fanout;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tranche.core.fanout.StoreTask;
import tranche.core.migration.CompiledMigration;
import tranche.core.problem.Problem;

/// Whether a server has room for a run, and for how many stores at once.
final class Room {
  // What a superuser, a monitor or one more instance of the application may need meanwhile.
  private static final int LEAST_RESERVE = 2;
  private static final int RESERVED_PART = 20;

  // Per object that a statement names: itself, its indexes, its TOAST table, its sequence.
  private static final int LOCKS_PER_OBJECT = 5;
  private static final int LOCKS_PER_TRANSACTION = 12;

  private Room() {}

  /// How many stores may be changed at once: what is free, less a reserve and the connection for
  /// leases and readings. Less than 1 if there is no room at all.
  ///
  /// @param own connections of the used ones that are this run's workers
  static int cap(ServerRoom room, int own) {
    return room.maxConnections() - room.usedConnections() + own - reserve(room) - 1;
  }

  private static int reserve(ServerRoom room) {
    return Math.max(LEAST_RESERVE, room.maxConnections() / RESERVED_PART);
  }

  /// Why nothing may begin on that server.
  static Optional<Problem> problem(String server, ServerRoom room, List<StoreTask> tasks) {
    if (cap(room, 0) < 1) {
      int free = room.maxConnections() - room.usedConnections();
      return Optional.of(new FanoutProblem.ServerFull(server, free, reserve(room)));
    }
    int places = places(room);
    return migrations(tasks)
        .filter(m -> locks(m) > places / 2)
        .findFirst()
        .map(m ->
            new FanoutProblem.LockTableTooSmall(server, m.source().up().name(), locks(m), places));
  }

  /// How many stores may be changed at once on that server, with these tasks.
  static int cap(ServerRoom room, List<StoreTask> tasks) {
    int most = migrations(tasks).mapToInt(Room::locks).max().orElse(LOCKS_PER_TRANSACTION);
    // Half of the lock table is left to the application.
    int byLocks = Math.max(1, places(room) / 2 / most);
    return Math.min(cap(room, 0), byLocks);
  }

  private static Stream<CompiledMigration> migrations(List<StoreTask> tasks) {
    return tasks.stream()
        .flatMap(task ->
            switch (task) {
              case StoreTask.Apply(_, var migrations) -> migrations.stream();
              case StoreTask.Revert _ -> Stream.empty();
            })
        .filter(CompiledMigration::isTransactional);
  }

  private static int locks(CompiledMigration migration) {
    long objects =
        migration.statements().stream()
            .flatMap(s -> s.effect().objects().stream())
            .distinct()
            .count();
    return (int) Math.min(Integer.MAX_VALUE, LOCKS_PER_TRANSACTION + LOCKS_PER_OBJECT * objects);
  }

  private static int places(ServerRoom room) {
    return (int)
        Math.min(Integer.MAX_VALUE, (long) room.maxLocksPerTransaction() * room.maxConnections());
  }
}
