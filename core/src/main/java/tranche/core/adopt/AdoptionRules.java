package tranche.core.adopt;

import java.util.Map;
import tranche.core.release.SchemaVersion;

/// What the person who adopts has stated.
///
/// @param stated which version of the folder a name in a foreign history means: the revision of
///   Alembic, `app.name` of Django, `file::id::author` or the id of a Liquibase change set
public record AdoptionRules(Map<String, SchemaVersion> stated) {
  /// Nothing was stated.
  public static final AdoptionRules NONE = new AdoptionRules(Map.of());

  public AdoptionRules {
    stated = Map.copyOf(stated);
  }
}
