package tranche.server.fleet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tranche.api.fleet.StoreJson;
import tranche.api.fleet.TenantJson;
import tranche.api.fleet.WhyJson;
import tranche.api.problem.RecordedJson;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.StoreUse;
import tranche.core.fleet.Tenant;
import tranche.core.fleet.TenantStatus;
import tranche.core.problem.ProblemException;
import tranche.core.release.ReleaseId;
import tranche.core.release.SchemaVersion;
import tranche.engine.control.TenantView;
import tranche.engine.control.Why;

/// How tenants, and why they are where they are, look on the wire.
public final class TenantWords {
  private TenantWords() {}

  static TenantJson of(TenantView view) {
    return tenant(view, use -> store(use, Optional.empty(), Optional.empty()));
  }

  /// The tenant with the versions of its stores. That a store cannot be read is part of the answer:
  /// all else about the tenant is known without it.
  static TenantJson withVersions(TenantView view, Supplier<Map<StoreId, SchemaVersion>> versions) {
    Map<StoreId, SchemaVersion> known;
    try {
      known = versions.get();
    } catch (ProblemException e) {
      RecordedJson problem = RecordedJson.of(e.problem());
      return tenant(view, use -> store(use, Optional.empty(), Optional.of(problem)));
    }
    return tenant(
        view,
        use -> {
          Optional<SchemaVersion> version = Optional.ofNullable(known.get(use.store()));
          return store(use, version.map(SchemaVersion::value), Optional.empty());
        });
  }

  private static StoreJson store(
      StoreUse use, Optional<String> version, Optional<RecordedJson> problem) {
    return new StoreJson(use.role().word(), use.store().toString(), version, problem);
  }

  private static TenantJson tenant(TenantView view, Function<StoreUse, StoreJson> store) {
    Tenant tenant = view.tenant();
    List<StoreJson> stores = tenant.placement().stores().stream().map(store).toList();
    return new TenantJson(
        tenant.id().value(),
        tenant.tier(),
        tenant.region(),
        tenant.placement().model().word(),
        word(tenant.status()),
        reason(tenant.status()),
        tenant.placement().cell().value(),
        stores,
        view.release().map(ReleaseId::value),
        view.since(),
        view.rollout());
  }

  private static String word(TenantStatus status) {
    return switch (status) {
      case TenantStatus.Active _ -> "active";
      case TenantStatus.Suspended _ -> "suspended";
      case TenantStatus.Held _ -> "held";
    };
  }

  private static Optional<String> reason(TenantStatus status) {
    return switch (status) {
      case TenantStatus.Active _, TenantStatus.Suspended _ -> Optional.empty();
      case TenantStatus.Held(var reason) -> Optional.of(reason);
    };
  }

  /// Why something is where it is.
  public static WhyJson of(Why why) {
    return new WhyJson(
        why.subject(),
        why.state(),
        why.reasons().stream()
            .map(r -> new WhyJson.Reason(r.code(), r.what(), r.until(), r.who()))
            .toList());
  }
}
