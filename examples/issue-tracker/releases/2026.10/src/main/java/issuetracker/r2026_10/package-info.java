/// Release 2026.10: the base. The priority of an issue is a word in the column `priority`. Read
/// [issuetracker.r2026_10.Main] first.
@NullMarked
package issuetracker.r2026_10;

import org.jspecify.annotations.NullMarked;
