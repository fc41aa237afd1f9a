/// The load generator: asks the tracker's users' questions at a constant rate and writes down every
/// answer that is wrong. Read [issuetracker.load.OpenLoop] first. It shares no code with the
/// application and repeats no request: what fails for it fails for a user.
@NullMarked
package issuetracker.load;

import org.jspecify.annotations.NullMarked;
