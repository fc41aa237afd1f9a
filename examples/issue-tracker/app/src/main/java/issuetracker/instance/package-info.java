/// What one running process is told about itself: its name, where to listen, its databases and
/// where each tenant lives. Read [issuetracker.instance.Instance] first. The file is read once;
/// nothing here opens a connection.
@NullMarked
package issuetracker.instance;

import org.jspecify.annotations.NullMarked;
