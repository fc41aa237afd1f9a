/// Release 2026.11: the priority of an issue is a number in the column `priority_v2`; the column
/// `priority` is neither read nor written. Read [issuetracker.r2026_11.Main] first.
@NullMarked
package issuetracker.r2026_11;

import org.jspecify.annotations.NullMarked;
