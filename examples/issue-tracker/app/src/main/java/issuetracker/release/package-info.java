/// What one release of the application does differently from another. Read
/// [issuetracker.release.Release] first. Each release has a module of its own that fills it in.
@NullMarked
package issuetracker.release;

import org.jspecify.annotations.NullMarked;
