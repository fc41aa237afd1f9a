package tranche.api.schema;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tranche.api.problem.RecordedJson;

/// How a run ended on one store.
///
/// @param state `done`, `unchanged`, `failed`, `waiting`, or a state of [StoreGroupJson]
/// @param ran what ran on it, in this order
/// @param at the migration that failed
public record StoreResultJson(
    String store,
    Optional<String> tenant,
    Optional<String> tier,
    String state,
    List<String> ran,
    Optional<String> at,
    Optional<RecordedJson> problem,
    Duration took) {
  public StoreResultJson {
    ran = List.copyOf(ran);
  }
}
