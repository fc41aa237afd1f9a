/// What the engine needs of the places where the application runs and of the traffic to them, as
/// ports.
///
/// Read [tranche.engine.delivery.Platform] (instances) and [tranche.engine.delivery.Router]
/// (traffic). Both are the data plane: it goes on without the engine (I13).
@NullMarked
package tranche.engine.delivery;

import org.jspecify.annotations.NullMarked;
