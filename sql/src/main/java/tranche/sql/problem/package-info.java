/// What can be wrong with a file of SQL, said with file, line and column. [SqlProblem] is all of
/// it.
@NullMarked
package tranche.sql.problem;

import org.jspecify.annotations.NullMarked;
