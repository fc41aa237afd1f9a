/// What the statements of a script before the present one have made, so that a statement on a table
/// that nobody can use yet is not taken for one on a table in use.
///
/// Read [ScriptContext] first: it is handed from statement to statement.
///
/// Deliberately not here: what the store looks like. Nothing here has seen a store.
@NullMarked
package tranche.sql.script;

import org.jspecify.annotations.NullMarked;
