/// Syntax trees, as PostgreSQL's grammar makes them. Read [Node] first.
///
/// Names of kinds and fields are PostgreSQL's own: `nodes/parsenodes.h` of release 18 says what
/// each of them means. A tree says only what was written: names are not looked up, types not
/// resolved.
///
/// Deliberately not here: a Java class for each of PostgreSQL's 250 kinds of node. What is made of
/// a tree asks for a dozen fields of a few dozen kinds.
@NullMarked
package tranche.sql.tree;

import org.jspecify.annotations.NullMarked;
