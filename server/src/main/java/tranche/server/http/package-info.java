/// What all routes share: who may enter, what a request may hold, how answers and problems are
/// sent, and that a request sent twice is done once.
///
/// Read [tranche.server.http.Routes] first: everything that can be asked goes through it.
/// Deliberately not here: any particular route.
@NullMarked
package tranche.server.http;

import org.jspecify.annotations.NullMarked;
