/// Takes a file of SQL apart into what is sent to the server one by one. Read [Splitter] first.
///
/// Where a statement ends is decided by PostgreSQL's grammar. [Scanner] only finds what the grammar
/// cannot see past: the data after `COPY ... FROM stdin`, and commands of psql.
///
/// Deliberately not here: placeholders of migration tools, which their readers replace before.
@NullMarked
package tranche.sql.split;

import org.jspecify.annotations.NullMarked;
