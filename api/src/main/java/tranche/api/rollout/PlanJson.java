package tranche.api.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A plan, short enough to be looked at: never a line per tenant.
///
/// `id` is the beginning of `hash`. `from` counts the tenants that move by the release they run
/// now; those that run nothing yet are under the empty name. `regions` is in how many regions they
/// are. `undo` says in sentences what taking back costs and until when it can be done.
public record PlanJson(
    String id,
    String hash,
    String to,
    Map<String, Long> from,
    int tenants,
    int stores,
    int regions,
    List<PlannedTrancheJson> tranches,
    Optional<ContractJson> contract,
    List<SchemaChangeJson> schema,
    LeftOutJson leftOut,
    List<String> undo) {
  public PlanJson {
    tranches = List.copyOf(tranches);
    schema = List.copyOf(schema);
    undo = List.copyOf(undo);
  }

  /// One slice of the fleet. `strategies` say how the traffic of its tenants moves. `schema` names
  /// what happens to the stores that it is the first to reach (`provision`, `expand`, `backfill`).
  /// `gates` are words, `about` estimates the time when nothing holds it up.
  public record PlannedTrancheJson(
      int number,
      String name,
      String who,
      int tenants,
      int batches,
      List<String> strategies,
      List<String> schema,
      List<String> gates,
      Duration about) {
    public PlannedTrancheJson {
      strategies = List.copyOf(strategies);
      schema = List.copyOf(schema);
      gates = List.copyOf(gates);
    }
  }

  /// The irreversible end: on how many stores, and behind which gates.
  public record ContractJson(int stores, List<String> gates) {
    public ContractJson {
      gates = List.copyOf(gates);
    }
  }

  /// A migration and on how many stores it will run; `phase` is `expand`, `backfill` or `contract`.
  public record SchemaChangeJson(String version, String description, String phase, int stores) {}

  /// Tenants that do not move: how many, and the first hundred of them.
  public record LeftOutJson(int count, List<LeftOutTenant> items) {
    public LeftOutJson {
      items = List.copyOf(items);
    }
  }

  /// A tenant that does not move, and why.
  public record LeftOutTenant(String tenant, String reason) {}
}
