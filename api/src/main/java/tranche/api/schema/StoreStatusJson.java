package tranche.api.schema;

import java.util.List;
import java.util.Optional;
import tranche.api.problem.RecordedJson;

/// One store as it is.
///
/// @param store database and schema
/// @param tenant that it belongs to alone
/// @param state as in [StoreGroupJson]
/// @param pending what it lacks; the first ten
/// @param lacks how many migrations it lacks
public record StoreStatusJson(
    String store,
    Optional<String> tenant,
    Optional<String> tier,
    String state,
    Optional<String> version,
    List<String> pending,
    int lacks,
    Optional<RecordedJson> problem) {
  public StoreStatusJson {
    pending = List.copyOf(pending);
  }
}
