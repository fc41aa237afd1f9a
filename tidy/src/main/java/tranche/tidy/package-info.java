/// The house rules as functions: each looks at the sources, the bytecode or the files of this
/// repository and names what breaks it. Read [Violation] and [Repository] first, then one rule.
///
/// The packages below hold the rules by what they look at: `source`, `bytecode`, `problem`,
/// `files`. Deliberately not here: layout (the formatter's) and bugs (the compiler's checkers').
@NullMarked
package tranche.tidy;

import org.jspecify.annotations.NullMarked;
