package tranche.api.schema;

import java.util.List;
import java.util.Optional;
import tranche.api.problem.RecordedJson;

/// Stores that are in the same state for the same reason.
///
/// @param state `current`, `behind`, `empty`, `halfway`, `past`, `failed`, `refused`,
///   `not-adopted`, `not-there`, `unreadable`
/// @param version of these stores; absent if they have none
/// @param stores how many
/// @param pending what they lack, in the order in which it would run; the first ten
/// @param lacks how many migrations they lack
/// @param problem why they are not as they should be
/// @param examples a few of them
public record StoreGroupJson(
    String state,
    Optional<String> version,
    long stores,
    List<String> pending,
    int lacks,
    Optional<RecordedJson> problem,
    List<String> examples) {
  public StoreGroupJson {
    pending = List.copyOf(pending);
    examples = List.copyOf(examples);
  }
}
