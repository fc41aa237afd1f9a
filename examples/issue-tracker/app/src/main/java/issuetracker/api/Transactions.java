package issuetracker.api;

import issuetracker.http.Failure;
import issuetracker.http.TenantRequest;
import issuetracker.store.StoreException;
import issuetracker.store.Tenancy;

/// One transaction per request, and what to answer when the database did not do it.
public final class Transactions {
  private final Tenancy tenancy;

  /// Transactions through this tenancy.
  public Transactions(Tenancy tenancy) {
    this.tenancy = tenancy;
  }

  /// Runs the work for the tenant of the request.
  ///
  /// @throws Failure 409 when the name or id is taken, 503 when the database is away for now
  /// @throws StoreException for defects
  <T> T run(TenantRequest request, Tenancy.Work<T> work) {
    try {
      return tenancy.inTransaction(request.placement(), work);
    } catch (StoreException e) {
      throw switch (e.kind()) {
        case TAKEN ->
            new Failure(409, "the tenant already has one of that name", "Choose another name.");
        case UNAVAILABLE ->
            new Failure(503, "the database does not answer now", "Try again in a few seconds.");
        case BROKEN -> e;
      };
    }
  }
}
