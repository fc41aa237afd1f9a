/// Release 2026.12: reads and writes like 2026.11, and was shipped with a defect that no readiness
/// check and no smoke test meets. Read [issuetracker.r2026_12.EveryTwentieth] first.
@NullMarked
package issuetracker.r2026_12;

import org.jspecify.annotations.NullMarked;
