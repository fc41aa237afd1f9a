/// What the end-to-end tests stand on: a folder with a fleet in it, the processes that work on it,
/// and eyes for what they did.
///
/// Read [tranche.e2e.harness.Site] first: a test gets one, and whatever it starts is stopped with
/// it. Nothing here knows how the product does something; it starts programs, asks the API and
/// reads databases.
@NullMarked
package tranche.e2e.harness;

import org.jspecify.annotations.NullMarked;
