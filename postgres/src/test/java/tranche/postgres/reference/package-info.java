/// References between stores, looked at on a real server.
@NullMarked
package tranche.postgres.reference;

import org.jspecify.annotations.NullMarked;
