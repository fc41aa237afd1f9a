package tranche.engine.fanout;

import java.util.List;
import java.util.Objects;
import tranche.core.fanout.ApplyOptions;
import tranche.core.fanout.RevertOptions;
import tranche.core.fanout.StoreSet;
import tranche.core.migration.MigrationSet;
import tranche.core.migration.Requirement;

/// What is to be done to one set of stores.
///
/// @param name of the set, as requirements and the configuration state it
/// @param role shared sets come before tenants' sets, and a tenant's store begins only if no shared
///   store failed
/// @param after further sets of which none may have failed before a store of this one begins
/// @param job what is done
/// @param searchPath further schemas that unqualified names may come from, after the store's own
public record SetJob(
    String name, StoreSet.Role role, List<String> after, Job job, List<String> searchPath) {
  public SetJob {
    Objects.requireNonNull(name);
    Objects.requireNonNull(role);
    after = List.copyOf(after);
    Objects.requireNonNull(job);
    searchPath = List.copyOf(searchPath);
  }

  /// The sets as far as their order matters. Taking back goes the other way round: tenants' sets
  /// first, and a set before those that it came after.
  static List<StoreSet> sets(List<SetJob> jobs) {
    return jobs.stream().map(job -> job.set(jobs)).toList();
  }

  private StoreSet set(List<SetJob> jobs) {
    return switch (job) {
      case Job.Apply(MigrationSet folder, _) ->
          new StoreSet(name, role, after, requirements(folder));
      case Job.Observe _ -> new StoreSet(name, role, after, List.of());
      case Job.Revert _ -> new StoreSet(name, opposite(), before(jobs), List.of());
    };
  }

  private static List<Requirement> requirements(MigrationSet folder) {
    return folder.migrations().stream().flatMap(m -> m.requires().stream()).distinct().toList();
  }

  private StoreSet.Role opposite() {
    return switch (role) {
      case SHARED -> StoreSet.Role.TENANT;
      case TENANT -> StoreSet.Role.SHARED;
    };
  }

  private List<String> before(List<SetJob> jobs) {
    return jobs.stream().filter(j -> j.after().contains(name)).map(SetJob::name).toList();
  }

  /// What is done to every store of a set.
  public sealed interface Job {
    /// Bring it to a version of this folder.
    record Apply(MigrationSet folder, ApplyOptions options) implements Job {
      public Apply {
        Objects.requireNonNull(folder);
        Objects.requireNonNull(options);
      }
    }

    /// Take migrations back, by what the store's history keeps.
    record Revert(RevertOptions options) implements Job {
      public Revert {
        Objects.requireNonNull(options);
      }
    }

    /// Only read its version, because others require it. Its stores are not counted.
    record Observe() implements Job {}
  }
}
