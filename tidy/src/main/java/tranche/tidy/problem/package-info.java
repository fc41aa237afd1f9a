/// Rules about what an operator reads when something goes wrong. [ProblemCodes] finds the codes in
/// the bytecode, [ProblemPages] compares them with the pages of the reference.
@NullMarked
package tranche.tidy.problem;

import org.jspecify.annotations.NullMarked;
