package tranche.sql.effect;

import tranche.core.migration.LockLevel;
import tranche.core.migration.StatementEffect.Loss;
import tranche.core.migration.StatementEffect.Work;
import tranche.sql.name.Name;

/// Schemas and extensions.
final class Schemas {
  private Schemas() {}

  static Draft draft(Scene scene) {
    return switch (scene.tree().kind()) {
      case "CreateSchemaStmt" -> {
        String name = scene.text("schemaname");
        yield Draft.of("create schema " + name).touches("schema", Name.of(name));
      }
      case "CreateExtensionStmt" -> of("create extension ", scene);
      case "AlterExtensionContentsStmt" -> of("change members of extension ", scene);
      // The script of an extension's update is not part of the statement.
      default ->
          of("update extension ", scene)
              .locks(LockLevel.ACCESS_EXCLUSIVE)
              .works(Work.UNKNOWN)
              .loses(Loss.SHAPE);
    };
  }

  private static Draft of(String what, Scene scene) {
    String name = scene.text("extname");
    return Draft.of(what + name).touches("extension", Name.of(name));
  }
}
