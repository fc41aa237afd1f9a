package tranche.sql.script;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tranche.sql.name.Name;
import tranche.sql.split.ScriptPart;

/// What is known from a script's earlier statements. One for each script; not safe for threads.
public final class ScriptContext {
  private record Key(ObjectKind kind, String name) {}

  /// How an object came into being.
  ///
  /// @param sql the statement that makes it
  /// @param isTemporary whether it ends with the session
  public record Creation(String sql, boolean isTemporary) {}

  private final Map<Key, Creation> made = new HashMap<>();
  private final Set<String> validated = new HashSet<>();
  private final Set<String> notNull = new HashSet<>();
  private final Set<String> plainDomains = new HashSet<>();

  /// Takes note of a statement that comes before those asked about next.
  public void learn(ScriptPart statement) {
    new Learning(this, statement).run();
  }

  /// Whether a table, view or sequence is made by the script, so that no release uses it yet.
  public boolean isNew(Name relation) {
    return relation.isTemporary() || made(ObjectKind.RELATION, relation.text()).isPresent();
  }

  /// Whether a relation ends with the session.
  public boolean isTemporary(Name relation) {
    return relation.isTemporary()
        || made(ObjectKind.RELATION, relation.text()).filter(Creation::isTemporary).isPresent();
  }

  /// Whether a column, or all of its table, is made by the script.
  public boolean isNewColumn(Name table, String column) {
    return isNew(table) || madeIn(ObjectKind.COLUMN, table, column).isPresent();
  }

  /// How the script made an object, if it did.
  public Optional<Creation> made(ObjectKind kind, String name) {
    return Optional.ofNullable(made.get(new Key(kind, name)));
  }

  /// How the script made something that belongs to a table.
  public Optional<Creation> madeIn(ObjectKind kind, Name table, String name) {
    return made(kind, table.text() + "." + name);
  }

  /// Whether the script validates some constraint of a table that was there before.
  public boolean validates(Name table) {
    return validated.stream().anyMatch(key -> key.startsWith(table.text() + "."));
  }

  /// Whether a validated constraint of the script says that the column is never null.
  public boolean isProvenNotNull(Name table, String column) {
    return notNull.stream()
        .filter(key -> key.startsWith(table.text() + "." + column + "."))
        .map(key -> table.text() + key.substring((table.text() + "." + column).length()))
        .anyMatch(validated::contains);
  }

  /// Whether the script makes this type and it checks nothing.
  public boolean isUncheckedType(Name type) {
    return plainDomains.contains(type.text());
  }

  void add(ObjectKind kind, String name, Creation creation) {
    made.put(new Key(kind, name), creation);
  }

  void addIn(ObjectKind kind, Name table, String name, Creation creation) {
    add(kind, table.text() + "." + name, creation);
  }

  void forget(ObjectKind kind, String name) {
    made.remove(new Key(kind, name));
  }

  void rename(ObjectKind kind, String from, String to) {
    Creation creation = made.remove(new Key(kind, from));
    if (creation != null) {
      add(kind, to, creation);
    }
  }

  void addValidated(Name table, String constraint) {
    validated.add(table.text() + "." + constraint);
  }

  void addNotNullCheck(Name table, String column, String constraint) {
    notNull.add(table.text() + "." + column + "." + constraint);
  }

  void addUncheckedType(Name type) {
    plainDomains.add(type.text());
  }
}
