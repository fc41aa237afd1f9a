/// The endpoints: what a request may say and what is answered. Read
/// [issuetracker.api.IssueEndpoints] first. SQL is in `issuetracker.store`, sockets are in
/// `issuetracker.http`.
@NullMarked
package issuetracker.api;

import org.jspecify.annotations.NullMarked;
