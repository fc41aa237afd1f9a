package tranche.api.schema;

import java.util.List;

/// What was found out about a declared reference of tenants' stores into the store that they share.
/// Values are counted and never told.
///
/// @param reference as it is declared
/// @param checked stores of which all values were looked at
/// @param nothing stores in which there is nothing to compare: a table or column is not there
/// @param unfinished stores of which not all values were looked at
/// @param why why not, if there are such stores; of the first of them
/// @param broken stores with values that are not there
/// @param brokenExamples a few of them
public record ReferenceJson(
    String reference,
    long checked,
    long nothing,
    long unfinished,
    String why,
    long broken,
    List<BrokenJson> brokenExamples) {
  public ReferenceJson {
    brokenExamples = List.copyOf(brokenExamples);
  }

  /// A store with values that are not there.
  ///
  /// @param missing how many distinct values, at least
  public record BrokenJson(String store, long missing) {}
}
