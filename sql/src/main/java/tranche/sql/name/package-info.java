/// Names and types as statements write them, and how they are written into SQL.
///
/// Read [Name] first. Whatever Tranche writes into SQL of its own making goes through [Quoting];
/// types go through [TypeText], parts of the author's own text through [ClauseText].
///
/// Deliberately not here: which object a name means. That depends on the search path of the store.
@NullMarked
package tranche.sql.name;

import org.jspecify.annotations.NullMarked;
