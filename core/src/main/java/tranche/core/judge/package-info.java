/// Whether a candidate is fit: from counts to a verdict, without clock or randomness.
///
/// Read [tranche.core.judge.Judge] first: the port behind which verdicts are made. This package has
/// the fixed threshold on the error rate ([tranche.core.judge.ThresholdJudge]); a statistical judge
/// fits behind the same port. Deliberately not here: where the counts come from.
@NullMarked
package tranche.core.judge;

import org.jspecify.annotations.NullMarked;
