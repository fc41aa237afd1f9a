package tranche.bench.contest;

import java.util.Locale;

/// How far the stores are to be brought. Each stage adds one migration of three statements to the
/// one before, all of the kind that a careful team ships: a new table with its index, new columns.
public enum Stage {
  /// The first migration that the tool ever applies; the stores have tables but no history.
  FIRST(
      1,
      """
      CREATE TABLE label (id bigint PRIMARY KEY, name text NOT NULL);
      CREATE INDEX label_name ON label (name);
      ALTER TABLE ticket ADD COLUMN label_id bigint;
      """),

  /// A further migration of the same kind, on stores that have a history.
  FURTHER(
      2,
      """
      CREATE TABLE reminder (id bigint PRIMARY KEY, due_on date NOT NULL);
      CREATE INDEX reminder_due_on ON reminder (due_on);
      ALTER TABLE invoice ADD COLUMN reminder_id bigint;
      """),

  /// One more that only changes rows of the catalog: the least work that a migration can be, so
  /// that whatever is done around it shows most.
  COLUMNS(
      3,
      """
      ALTER TABLE account ADD COLUMN locale text;
      ALTER TABLE invoice ADD COLUMN due_on date;
      ALTER TABLE ticket ADD COLUMN priority integer NOT NULL DEFAULT 0;
      """);

  private final int version;
  private final String script;

  Stage(int version, String script) {
    this.version = version;
    this.script = script;
  }

  /// The version of the migration that this stage adds.
  public int version() {
    return version;
  }

  /// What that migration is called in files and histories.
  public String title() {
    return name().toLowerCase(Locale.ROOT) + "_change";
  }

  /// That migration as the text of a file; names are not qualified with a schema.
  public String script() {
    return script;
  }
}
