/// `tranche schema` as processes: killed, frozen, and taking turns with other tools.
@NullMarked
package tranche.e2e.schema;

import org.jspecify.annotations.NullMarked;
