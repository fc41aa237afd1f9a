package tranche.sql.undo;

import tranche.core.migration.Undo;
import tranche.sql.name.Name;
import tranche.sql.script.ScriptContext;
import tranche.sql.split.ScriptPart;
import tranche.sql.tree.Node;

/// A grant is taken back by revoking. Whether the privilege had been granted before is not known,
/// so the undo says that it takes that away too.
final class UndoGrant {
  private UndoGrant() {}

  static Undo of(ScriptPart statement, ScriptContext earlier) {
    Node tree = statement.tree();
    boolean isForNew =
        !tree.children("objects").isEmpty()
            && tree.children("objects").stream()
                .allMatch(o -> o.isPresent("relname") && earlier.isNew(Name.ofRange(o)));
    if (isForNew) {
      return new Undo.NotNeeded();
    }
    if (!tree.flag("is_grant")) {
      return Undos.unknown("which of the privileges were there before is not known");
    }
    String sql = statement.text().strip();
    String revoke =
        sql.replaceFirst("(?is)^grant\\b", "REVOKE")
            .replaceFirst("(?is)\\s+with\\s+(grant|admin)\\s+option\\s*$", "")
            .replaceFirst("(?is)\\s+to\\s+((?:(?!\\s+to\\s).)*)$", " FROM $1");
    boolean isPlain = !sql.contains("--") && !sql.contains("/*") && !sql.contains("\"");
    return isPlain && revoke.contains(" FROM ")
        ? Undos.losing(revoke, "the privileges of that GRANT, also if they were there before")
        : Undos.unknown("the grant is not of the simple form");
  }
}
