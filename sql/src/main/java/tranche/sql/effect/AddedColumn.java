package tranche.sql.effect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tranche.core.migration.StatementEffect.Work;
import tranche.sql.function.Volatility;
import tranche.sql.name.Name;
import tranche.sql.name.TypeText;
import tranche.sql.script.ScriptContext;
import tranche.sql.tree.Node;

/// What adding a column to a table that has rows means.
///
/// A constant default costs nothing: PostgreSQL keeps it once in the catalog. A default that must
/// be worked out for each row, an identity or a stored expression writes the whole table anew. A
/// check, and NOT NULL without a default, read it. A foreign key reads nothing if all values are
/// null.
///
/// @param work what it takes
/// @param references tables that the column refers to
/// @param isRequired whether it is NOT NULL and nothing gives it a value
/// @param rewriteReason what makes a rewrite necessary
public record AddedColumn(
    Work work, List<Name> references, boolean isRequired, Optional<String> rewriteReason) {
  public AddedColumn {
    references = List.copyOf(references);
  }

  /// Reads a `ColumnDef`.
  public static AddedColumn of(Node definition, ScriptContext earlier) {
    return new Reading(definition, earlier).read();
  }

  private static final class Reading {
    private final Node definition;
    private final ScriptContext earlier;
    private final List<Name> references = new ArrayList<>();
    private final List<String> rewrites = new ArrayList<>();
    private boolean hasValue;
    private boolean isNotNull;
    private boolean isScanned;
    private boolean isUnsure;

    Reading(Node definition, ScriptContext earlier) {
      this.definition = definition;
      this.earlier = earlier;
    }

    AddedColumn read() {
      type();
      definition.children("constraints").forEach(this::constraint);
      boolean isRequired = isNotNull && !hasValue;
      boolean isScan = isScanned || isRequired || (hasValue && !references.isEmpty());
      return new AddedColumn(work(isScan), references, isRequired, rewrites.stream().findFirst());
    }

    private Work work(boolean isScan) {
      if (!rewrites.isEmpty()) {
        return Work.REWRITE;
      }
      return isUnsure ? Work.UNKNOWN : isScan ? Work.SCAN : Work.NONE;
    }

    private void type() {
      Node type = definition.child("typeName").orElse(definition);
      Name name = Name.ofParts(type.children("names"));
      if (TypeText.isSerial(name)) {
        hasValue = true;
        isNotNull = true;
        rewrites.add("a value from a sequence for each row");
      } else if (!BuiltInTypes.contains(name) && !earlier.isUncheckedType(name)) {
        // A domain with a check is worked out row by row; an enum is not. The name does not tell.
        isUnsure = type.children("arrayBounds").isEmpty();
      }
    }

    private void constraint(Node constraint) {
      switch (constraint.text("contype").orElse("")) {
        case "CONSTR_NOTNULL" -> isNotNull = true;
        case "CONSTR_DEFAULT" -> constraint.child("raw_expr").ifPresent(this::defaultValue);
        case "CONSTR_IDENTITY" -> {
          hasValue = true;
          rewrites.add("a value from a sequence for each row");
        }
        case "CONSTR_GENERATED" -> generated(constraint);
        case "CONSTR_PRIMARY" -> {
          isScanned = true;
          isNotNull = true;
        }
        case "CONSTR_UNIQUE" -> isScanned = true;
        case "CONSTR_CHECK" -> isScanned |= !constraint.flag("skip_validation");
        case "CONSTR_FOREIGN" ->
            constraint.child("pktable").map(Name::ofRange).ifPresent(references::add);
        default -> {}
      }
    }

    private void defaultValue(Node expression) {
      boolean isNull = expression.is("A_Const") && expression.flag("isnull");
      hasValue = !isNull;
      switch (Volatility.of(expression, earlier)) {
        case STABLE -> {}
        case VOLATILE -> rewrites.add("a default that differs from row to row");
        case UNKNOWN -> rewrites.add("a default that calls a function which may be volatile");
      }
    }

    private void generated(Node constraint) {
      hasValue = true;
      if (!constraint.text("generated_kind").filter("v"::equals).isPresent()) {
        rewrites.add("a stored expression");
      }
    }
  }
}
