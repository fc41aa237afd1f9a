package tranche.sql.effect;

import tranche.core.migration.LockLevel;
import tranche.core.migration.StatementEffect;
import tranche.core.migration.StatementEffect.Loss;
import tranche.core.migration.StatementEffect.Work;
import tranche.core.release.SchemaPhase;
import tranche.sql.script.ScriptContext;
import tranche.sql.split.ScriptPart;
import tranche.sql.undo.Undos;

/// What a statement does.
public final class Effects {
  private Effects() {}

  /// The effect of one statement of a script.
  ///
  /// @param earlier what the statements before it have made; it is not changed
  public static StatementEffect of(ScriptPart statement, ScriptContext earlier) {
    var scene = new Scene(statement, earlier);
    return draft(scene).done(Undos.of(statement, earlier));
  }

  // One line for each kind of statement of PostgreSQL 18, so that it is seen where each is read.
  private static Draft draft(Scene scene) {
    return switch (scene.tree().kind()) {
      case "AlterTableStmt" -> AlterTable.draft(scene);
      case "AlterTableMoveAllStmt" -> TableCommands.moveAll(scene);
      case "CreateStmt", "CreateTableAsStmt", "CreateForeignTableStmt", "ImportForeignSchemaStmt" ->
          CreateTables.draft(scene);
      case "IndexStmt", "ReindexStmt", "ClusterStmt" -> Indexes.draft(scene);
      case "ViewStmt", "RefreshMatViewStmt" -> Views.draft(scene);
      case "CreateSeqStmt", "AlterSeqStmt" -> Sequences.draft(scene);
      case "CreateEnumStmt",
          "CompositeTypeStmt",
          "CreateRangeStmt",
          "CreateDomainStmt",
          "AlterEnumStmt",
          "AlterDomainStmt",
          "AlterTypeStmt" ->
          Types.draft(scene);
      case "CreateFunctionStmt", "AlterFunctionStmt", "DefineStmt" -> Routines.draft(scene);
      case "CreateOpClassStmt",
          "CreateOpFamilyStmt",
          "AlterOpFamilyStmt",
          "AlterOperatorStmt",
          "CreateCastStmt",
          "CreateConversionStmt",
          "CreateTransformStmt",
          "CreateAmStmt",
          "CreatePLangStmt",
          "AlterCollationStmt",
          "AlterTSConfigurationStmt",
          "AlterTSDictionaryStmt" ->
          Routines.rare(scene);
      case "CreateTrigStmt",
          "CreatePolicyStmt",
          "AlterPolicyStmt",
          "RuleStmt",
          "CreateStatsStmt",
          "AlterStatsStmt" ->
          PartsOfTables.draft(scene);
      case "DropStmt" -> Drops.draft(scene);
      case "RenameStmt" -> Renames.rename(scene);
      case "AlterObjectSchemaStmt" -> Renames.move(scene);
      case "AlterOwnerStmt", "AlterObjectDependsStmt", "CommentStmt", "SecLabelStmt" ->
          Notes.draft(scene);
      default -> beyondTables(scene);
    };
  }

  private static Draft beyondTables(Scene scene) {
    return switch (scene.tree().kind()) {
      case "GrantStmt", "GrantRoleStmt", "AlterDefaultPrivilegesStmt" -> Grants.draft(scene);
      case "CreateSchemaStmt",
          "CreateExtensionStmt",
          "AlterExtensionStmt",
          "AlterExtensionContentsStmt" ->
          Schemas.draft(scene);
      case "CreatePublicationStmt",
          "AlterPublicationStmt",
          "CreateSubscriptionStmt",
          "AlterSubscriptionStmt",
          "DropSubscriptionStmt",
          "CreateEventTrigStmt",
          "AlterEventTrigStmt",
          "CreateFdwStmt",
          "AlterFdwStmt",
          "CreateForeignServerStmt",
          "AlterForeignServerStmt",
          "CreateUserMappingStmt",
          "AlterUserMappingStmt",
          "DropUserMappingStmt" ->
          Connections.draft(scene);
      case "CreatedbStmt",
          "AlterDatabaseStmt",
          "AlterDatabaseSetStmt",
          "AlterDatabaseRefreshCollStmt",
          "DropdbStmt",
          "CreateTableSpaceStmt",
          "AlterTableSpaceOptionsStmt",
          "DropTableSpaceStmt",
          "CreateRoleStmt",
          "AlterRoleStmt",
          "AlterRoleSetStmt",
          "DropRoleStmt",
          "DropOwnedStmt",
          "ReassignOwnedStmt",
          "AlterSystemStmt" ->
          ServerWide.draft(scene);
      default -> rowsAndSession(scene);
    };
  }

  private static Draft rowsAndSession(Scene scene) {
    return switch (scene.tree().kind()) {
      case "InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt", "TruncateStmt", "CopyStmt" ->
          Rows.draft(scene);
      case "SelectStmt", "ExplainStmt", "DeclareCursorStmt", "PrepareStmt" -> Queries.draft(scene);
      case "DoStmt", "CallStmt", "ExecuteStmt" -> Queries.opaque(scene);
      case "VacuumStmt", "CheckPointStmt" -> Maintenance.draft(scene);
      case "LockStmt", "TransactionStmt" -> Session.draft(scene);
      case "VariableSetStmt",
          "VariableShowStmt",
          "ConstraintsSetStmt",
          "DiscardStmt",
          "DeallocateStmt",
          "FetchStmt",
          "ClosePortalStmt",
          "ListenStmt",
          "UnlistenStmt",
          "NotifyStmt",
          "LoadStmt" ->
          Session.ofSession(scene);
      default -> unknown(scene.tree().kind());
    };
  }

  private static Draft unknown(String kind) {
    return Draft.of("run " + kind)
        .locks(LockLevel.ACCESS_EXCLUSIVE)
        .works(Work.UNKNOWN)
        .loses(Loss.DATA)
        .inPhase(SchemaPhase.CONTRACT);
  }
}
