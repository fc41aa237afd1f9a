/// The releases together: real PostgreSQL, real HTTP, real processes. Read
/// [issuetracker.tests.PriorityMigrationTest] first.
@NullMarked
package issuetracker.tests;

import org.jspecify.annotations.NullMarked;
