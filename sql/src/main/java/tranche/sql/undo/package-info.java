/// What takes a statement back, where the statement itself determines it.
///
/// Read [Undos] first. An undo assumes that its statement changed something: that the column had no
/// default before `SET DEFAULT`, was nullable before `SET NOT NULL`. Whether that was so on a store
/// is shown by rehearsing, not by guessing. Where a wrong guess would harm what was there before
/// (`IF NOT EXISTS`, `OR REPLACE`, a name that PostgreSQL picks among several), the undo is unknown
/// and says why.
///
/// What a statement only makes for objects that the same script has made needs no undo of its own:
/// it goes with them.
///
/// Deliberately not here: bringing rows back. That is what backups and down scripts are for.
@NullMarked
package tranche.sql.undo;

import org.jspecify.annotations.NullMarked;
