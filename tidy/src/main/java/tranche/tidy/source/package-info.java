/// Rules about source files. [JavaSource] is a parsed file; each other type here is one rule.
@NullMarked
package tranche.tidy.source;

import org.jspecify.annotations.NullMarked;
