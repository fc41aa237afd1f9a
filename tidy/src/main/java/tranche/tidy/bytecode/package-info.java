/// Rules about compiled classes: who uses whom. [Arrows] is the map of the modules.
@NullMarked
package tranche.tidy.bytecode;

import org.jspecify.annotations.NullMarked;
