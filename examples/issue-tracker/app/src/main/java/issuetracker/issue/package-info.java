/// The nouns of the tracker: issues, teams, users and comments. Read [issuetracker.issue.Issue]
/// first. Values only: no SQL, no HTTP, no JSON.
@NullMarked
package issuetracker.issue;

import org.jspecify.annotations.NullMarked;
