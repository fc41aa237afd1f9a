/// A folder per case: what stores were like, the migrations of a user, and what must be there
/// afterwards.
///
/// Read [tranche.app.cases.SchemaCasesTest] first.
@NullMarked
package tranche.app.cases;

import org.jspecify.annotations.NullMarked;
