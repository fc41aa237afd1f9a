/// Tests inside the load generator's package.
@NullMarked
package issuetracker.load;

import org.jspecify.annotations.NullMarked;
