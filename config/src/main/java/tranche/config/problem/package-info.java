/// What can be wrong with what an operator wrote, and the place in the file where it is.
///
/// Read [tranche.config.problem.ConfigProblem] first. Deliberately not here: problems of a fleet as
/// a whole and of release folders; they belong to the packages that find them.
@NullMarked
package tranche.config.problem;

import org.jspecify.annotations.NullMarked;
