/// Putting one process together, from the instance file to the exit code. Read
/// [issuetracker.server.IssueTracker] first. The only package that starts threads or ends the
/// process.
@NullMarked
package issuetracker.server;

import org.jspecify.annotations.NullMarked;
