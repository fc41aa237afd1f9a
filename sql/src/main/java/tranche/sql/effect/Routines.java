package tranche.sql.effect;

import java.util.Map;
import tranche.core.migration.StatementEffect.Loss;
import tranche.core.release.SchemaPhase;
import tranche.sql.name.Name;
import tranche.sql.tree.Node;

/// Functions, procedures, aggregates, operators and the rare relatives that hold up nobody.
final class Routines {
  private static final Map<String, String> DEFINED =
      Map.of(
          "OBJECT_AGGREGATE", "aggregate",
          "OBJECT_OPERATOR", "operator",
          "OBJECT_TYPE", "type",
          "OBJECT_COLLATION", "collation",
          "OBJECT_TSPARSER", "text search parser",
          "OBJECT_TSDICTIONARY", "text search dictionary",
          "OBJECT_TSTEMPLATE", "text search template",
          "OBJECT_TSCONFIGURATION", "text search configuration");

  private Routines() {}

  static Draft draft(Scene scene) {
    Node tree = scene.tree();
    return switch (tree.kind()) {
      case "CreateFunctionStmt" -> create(tree);
      case "AlterFunctionStmt" -> alter(tree);
      default -> define(tree);
    };
  }

  private static Draft create(Node tree) {
    Name name = Name.ofParts(tree.children("funcname"));
    String kind = tree.flag("is_procedure") ? "procedure" : "function";
    String verb = tree.flag("replace") ? "create or replace" : "create";
    return Draft.of("%s %s %s".formatted(verb, kind, name)).touches(kind, name);
  }

  private static Draft alter(Node tree) {
    Name name =
        tree.child("func").map(f -> Name.ofParts(f.children("objname"))).orElse(Name.of(""));
    return Draft.of("alter function " + name).touches("function", name);
  }

  private static Draft define(Node tree) {
    String kind = DEFINED.getOrDefault(tree.text("kind").orElse(""), "object");
    Name name = Name.ofParts(tree.children("defnames"));
    return Draft.of("create %s %s".formatted(kind, name)).touches(kind, name);
  }

  /// What only extensions and their like write.
  static Draft rare(Scene scene) {
    return switch (scene.tree().kind()) {
      case "CreateCastStmt" -> Draft.of("create cast");
      case "CreateOpClassStmt" -> named("create operator class", "opclassname", scene);
      case "CreateOpFamilyStmt" -> named("create operator family", "opfamilyname", scene);
      case "CreateConversionStmt" -> named("create conversion", "conversion_name", scene);
      case "CreateTransformStmt" -> Draft.of("create transform");
      case "CreateAmStmt" -> Draft.of("create access method " + scene.text("amname"));
      case "CreatePLangStmt" -> Draft.of("create language " + scene.text("plname"));
      case "AlterCollationStmt" -> named("alter collation", "collname", scene);
      case "AlterTSConfigurationStmt" ->
          named("alter text search configuration", "cfgname", scene).loses(Loss.SHAPE);
      case "AlterTSDictionaryStmt" -> named("alter text search dictionary", "dictname", scene);
      case "AlterOpFamilyStmt" -> named("alter operator family", "opfamilyname", scene);
      default -> Draft.of("alter operator").inPhase(SchemaPhase.EXPAND);
    };
  }

  private static Draft named(String what, String field, Scene scene) {
    Name name = Name.ofParts(scene.tree().children(field));
    return Draft.of(what + " " + name).touches(what.replaceFirst("^\\w+ ", ""), name);
  }
}
