/// Everything that talks to PostgreSQL. Read [issuetracker.store.Tenancy] first: every request is
/// one transaction that first names its tenant. Every statement qualifies its tables with the
/// schema of the store and filters by tenant as well, so that neither the search path nor row level
/// security is the only thing between two tenants. Migrations are deliberately not here: the
/// application never changes its schema.
@NullMarked
package issuetracker.store;

import org.jspecify.annotations.NullMarked;
