/// Serving HTTP: routes, limits, metrics and draining. Read [issuetracker.http.WebServer] first.
/// Knows tenants only as placements to hand on; what the answers mean is decided in
/// `issuetracker.api`.
@NullMarked
package issuetracker.http;

import org.jspecify.annotations.NullMarked;
