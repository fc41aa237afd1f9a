/// Reading the file that says what is called around schema runs. Read [HooksFile] first. Calling is
/// done elsewhere.
@NullMarked
package tranche.config.hook;

import org.jspecify.annotations.NullMarked;
