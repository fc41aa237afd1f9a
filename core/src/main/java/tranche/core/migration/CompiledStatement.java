package tranche.core.migration;

import java.util.Objects;
import java.util.Optional;

/// One statement of a script.
///
/// @param sql its text without the final semicolon
/// @param copyData the lines that follow a `COPY ... FROM stdin`, without the final `\.`
/// @param line where it begins in the file, from 1
/// @param effect what it does
public record CompiledStatement(
    String sql, Optional<String> copyData, int line, StatementEffect effect) {
  public CompiledStatement {
    Objects.requireNonNull(sql);
    Objects.requireNonNull(copyData);
    Objects.requireNonNull(effect);
  }
}
