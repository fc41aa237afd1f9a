package tranche.sql.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tranche.core.migration.CompiledStatement;
import tranche.core.migration.StatementEffect;
import tranche.sql.effect.Effects;
import tranche.sql.script.ScriptContext;
import tranche.sql.split.ScriptPart;

/// A script with what its statements do, each seen in the light of those before it.
///
/// @param parts the statements as they were parsed
/// @param effects what each of them does
record ScriptReading(List<ScriptPart> parts, List<StatementEffect> effects) {
  static ScriptReading of(List<ScriptPart> parts) {
    var context = new ScriptContext();
    List<StatementEffect> effects = new ArrayList<>();
    for (ScriptPart part : parts) {
      effects.add(Effects.of(part, context));
      context.learn(part);
    }
    return new ScriptReading(parts, effects);
  }

  List<CompiledStatement> statements() {
    List<CompiledStatement> statements = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      ScriptPart part = parts.get(i);
      Optional<String> data =
          part instanceof ScriptPart.CopyData copy ? Optional.of(copy.data()) : Optional.empty();
      statements.add(new CompiledStatement(part.text(), data, part.line(), effects.get(i)));
    }
    return statements;
  }
}
