package tranche.api.fleet;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A tenant that was added, or would be.
///
/// @param isDry whether nothing was done, only found out
/// @param stores what was made for it; stores that it shares and that were there are not among them
/// @param remarks what somebody should know besides, in sentences
public record TenantAddJson(
    String tenant,
    String tier,
    String region,
    String model,
    boolean isDry,
    List<MadeJson> stores,
    ListedJson listed,
    List<String> remarks,
    Duration took) {
  public TenantAddJson {
    stores = List.copyOf(stores);
    remarks = List.copyOf(remarks);
  }

  /// A store that was made.
  ///
  /// @param store `database/schema`
  /// @param isShared whether other tenants will be in it too
  /// @param how `new`, or `continued` if an earlier call had begun it
  /// @param by how it got its contents: `migrations` or `template`
  /// @param version that it is at
  /// @param because why at that one, in a few words
  /// @param ran what ran in this call, in its order
  public record MadeJson(
      String store,
      boolean isShared,
      String how,
      String by,
      Optional<String> version,
      String because,
      List<String> ran) {
    public MadeJson {
      ran = List.copyOf(ran);
    }
  }

  /// How the tenant came on the list of tenants.
  ///
  /// @param how `written` into the file, `before` if it was on the list already, `by-hand` if
  ///   somebody has to write it there
  /// @param where the file and line
  /// @param text what was written, or is to be
  public record ListedJson(String how, String where, String text) {}
}
