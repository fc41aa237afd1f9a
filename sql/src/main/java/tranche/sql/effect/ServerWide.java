package tranche.sql.effect;

import static tranche.core.migration.LockLevel.ACCESS_EXCLUSIVE;

import java.util.List;
import tranche.core.migration.StatementEffect.Loss;
import tranche.sql.name.Name;
import tranche.sql.tree.Node;

/// What belongs to more than one store: databases, tablespaces, roles, the server's settings.
final class ServerWide {
  private ServerWide() {}

  static Draft draft(Scene scene) {
    return switch (scene.tree().kind()) {
      case "CreatedbStmt" -> named("create database ", "dbname", scene).needsNoTransaction();
      case "DropdbStmt" ->
          named("drop database ", "dbname", scene).removes(Loss.DATA).needsNoTransaction();
      case "AlterDatabaseStmt" -> alterDatabase(scene);
      case "AlterDatabaseSetStmt", "AlterDatabaseRefreshCollStmt" ->
          named("alter database ", "dbname", scene);
      case "CreateTableSpaceStmt" ->
          named("create tablespace ", "tablespacename", scene).needsNoTransaction();
      case "DropTableSpaceStmt" ->
          named("drop tablespace ", "tablespacename", scene)
              .removes(Loss.SHAPE)
              .needsNoTransaction();
      case "AlterTableSpaceOptionsStmt" -> named("alter tablespace ", "tablespacename", scene);
      case "CreateRoleStmt" -> named("create role ", "role", scene);
      case "AlterRoleStmt", "AlterRoleSetStmt" -> Draft.of("alter role");
      case "DropRoleStmt" -> Draft.of("drop role").removes(Loss.SHAPE);
      case "DropOwnedStmt" -> Draft.of("drop owned").locks(ACCESS_EXCLUSIVE).removes(Loss.DATA);
      case "ReassignOwnedStmt" -> Draft.of("reassign owned").locks(ACCESS_EXCLUSIVE);
      default -> Draft.of("alter system").needsNoTransaction();
    };
  }

  private static Draft named(String what, String field, Scene scene) {
    Name name = Name.of(scene.text(field));
    return Draft.of(what + name).touches(what.replaceFirst("^\\w+ ", "").strip(), name);
  }

  private static Draft alterDatabase(Scene scene) {
    List<Node> options = scene.tree().children("options");
    boolean isMove =
        options.stream().anyMatch(o -> o.text("defname").filter("tablespace"::equals).isPresent());
    Draft draft = named("alter database ", "dbname", scene);
    return isMove ? draft.needsNoTransaction() : draft;
  }
}
