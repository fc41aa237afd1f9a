package tranche.sql.effect;

import static tranche.core.migration.LockLevel.SHARE;

import java.util.List;
import tranche.core.migration.StatementEffect.Loss;
import tranche.core.migration.StatementEffect.Work;
import tranche.core.release.SchemaPhase;
import tranche.sql.name.Name;
import tranche.sql.script.ObjectKind;
import tranche.sql.tree.Node;

/// Types and domains. (Attributes of composite types are altered by [AlterTable].)
final class Types {
  private Types() {}

  static Draft draft(Scene scene) {
    Node tree = scene.tree();
    return switch (tree.kind()) {
      case "CompositeTypeStmt" -> create("type", scene.relation("typevar"));
      case "CreateDomainStmt" -> create("domain", Name.ofParts(tree.children("domainname")));
      case "CreateEnumStmt", "CreateRangeStmt" -> create("type", name(tree));
      case "AlterEnumStmt" -> enumeration(scene);
      case "AlterTypeStmt" -> Draft.of("alter type " + name(tree)).touches("type", name(tree));
      default -> domain(scene);
    };
  }

  static Name name(Node tree) {
    return Name.ofParts(tree.children("typeName"));
  }

  private static Draft create(String kind, Name name) {
    return Draft.of("create %s %s".formatted(kind, name)).touches(kind, name);
  }

  private static Draft enumeration(Scene scene) {
    Name type = name(scene.tree());
    String value = scene.text("newVal");
    if (scene.tree().isPresent("oldVal")) {
      String old = scene.text("oldVal");
      Draft draft =
          Draft.of("rename value '%s' of %s to '%s'".formatted(old, type, value))
              .touches("type", type);
      return isNew(type, scene) ? draft : draft.removes(Loss.SHAPE);
    }
    return Draft.of("add value '%s' to %s".formatted(value, type)).touches("type", type);
  }

  private static boolean isNew(Name type, Scene scene) {
    return scene.earlier().made(ObjectKind.TYPE, type.text()).isPresent();
  }

  // C and V: add and validate a constraint; O: set not null; X: drop a constraint; N: drop not
  // null;
  // T: the default. What checks reads all tables that use the domain, and holds up their writers.
  private static Draft domain(Scene scene) {
    Name domain = name(scene.tree());
    boolean isChecked = scene.tree().child("def").filter(d -> d.flag("skip_validation")).isEmpty();
    Draft draft = Draft.of(verb(scene, domain)).touches("domain", domain);
    boolean isNew = isNew(domain, scene);
    switch (scene.text("subtype")) {
      case "C" -> {
        if (isChecked && !isNew) {
          draft.locks(SHARE).works(Work.SCAN);
        }
      }
      case "V", "O" -> {
        if (!isNew) {
          draft.locks(SHARE).works(Work.SCAN);
        }
      }
      case "X" -> {
        if (!isNew) {
          draft.removes(Loss.SHAPE);
        }
      }
      default -> draft.inPhase(SchemaPhase.EXPAND);
    }
    return draft;
  }

  private static String verb(Scene scene, Name domain) {
    String name =
        scene
            .tree()
            .text("name")
            .or(() -> scene.tree().child("def").flatMap(d -> d.text("conname")))
            .map(n -> " " + n)
            .orElse("");
    List<String> verb =
        switch (scene.text("subtype")) {
          case "C" -> List.of("add constraint", "to");
          case "V" -> List.of("validate constraint", "of");
          case "X" -> List.of("drop constraint", "of");
          case "O" -> List.of("set not null", "of");
          case "N" -> List.of("drop not null", "of");
          default -> List.of(scene.tree().isPresent("def") ? "set default" : "drop default", "of");
        };
    return "%s%s %s domain %s".formatted(verb.getFirst(), name, verb.getLast(), domain);
  }
}
