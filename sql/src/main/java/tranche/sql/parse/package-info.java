/// PostgreSQL 18's own grammar, called as a function. Read [PgParser] first.
///
/// The grammar is the C code of PostgreSQL's server, taken out of it by libpg_query and compiled to
/// WebAssembly by the npm package `libpg-query`. The build takes its file from that package and
/// checks its hash; the one-letter names of its imports and exports, in [GrammarImports] and
/// [GrammarExports], belong to that very file.
///
/// What comes out is what the server would say to the same text before it looks at any table: the
/// same tree, or the same message at the same place.
///
/// Deliberately not here: what a statement does (that is made from the tree), other versions of
/// PostgreSQL, and repairing text that is wrong.
@NullMarked
package tranche.sql.parse;

import org.jspecify.annotations.NullMarked;
