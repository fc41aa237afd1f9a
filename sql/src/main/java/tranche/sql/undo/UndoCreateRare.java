package tranche.sql.undo;

import tranche.core.migration.Undo;
import tranche.sql.name.Name;
import tranche.sql.name.Quoting;
import tranche.sql.name.TypeText;
import tranche.sql.tree.Node;

/// Taking back what few migrations create.
final class UndoCreateRare {
  private UndoCreateRare() {}

  static Undo of(Node tree) {
    return switch (tree.kind()) {
      case "CreateExtensionStmt" -> of("EXTENSION", "extname", tree);
      case "CreatePublicationStmt" -> of("PUBLICATION", "pubname", tree);
      case "CreateSubscriptionStmt" -> of("SUBSCRIPTION", "subname", tree);
      case "CreateEventTrigStmt" -> of("EVENT TRIGGER", "trigname", tree);
      case "CreateFdwStmt" -> of("FOREIGN DATA WRAPPER", "fdwname", tree);
      case "CreateForeignServerStmt" -> of("SERVER", "servername", tree);
      case "CreateRoleStmt" -> of("ROLE", "role", tree);
      case "CreatedbStmt" -> of("DATABASE", "dbname", tree);
      case "CreateTableSpaceStmt" -> of("TABLESPACE", "tablespacename", tree);
      case "CreateAmStmt" -> of("ACCESS METHOD", "amname", tree);
      case "CreateConversionStmt" ->
          UndoCreate.drop("CONVERSION", Name.ofParts(tree.children("conversion_name")), false);
      case "CreateOpClassStmt" -> withMethod("OPERATOR CLASS", "opclassname", tree);
      case "CreateOpFamilyStmt" -> withMethod("OPERATOR FAMILY", "opfamilyname", tree);
      case "CreateCastStmt" ->
          Undos.statement(
              "DROP CAST (%s AS %s)".formatted(type("sourcetype", tree), type("targettype", tree)));
      case "CreateUserMappingStmt" -> userMapping(tree);
      default -> Undos.unknown("how it is taken back is not known");
    };
  }

  private static Undo of(String kind, String field, Node tree) {
    Name name = Name.of(tree.text(field).orElse(""));
    return UndoCreate.drop(kind, name, tree.flag("if_not_exists"));
  }

  private static Undo withMethod(String kind, String field, Node tree) {
    Name name = Name.ofParts(tree.children(field));
    String method = Quoting.identifier(tree.text("amname").orElse(""));
    return Undos.statement("DROP %s %s USING %s".formatted(kind, name.sql(), method));
  }

  private static String type(String field, Node tree) {
    return tree.child(field).map(TypeText::of).orElse("");
  }

  private static Undo userMapping(Node tree) {
    String server = Quoting.identifier(tree.text("servername").orElse(""));
    String user = tree.child("user").map(Roles::sql).orElse("");
    return tree.flag("if_not_exists")
        ? Undos.ifNotExists("the user mapping at", Name.of(server))
        : Undos.statement("DROP USER MAPPING FOR %s SERVER %s".formatted(user, server));
  }
}
