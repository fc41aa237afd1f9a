package tranche.sql.compile;

import java.util.List;
import tranche.core.migration.StatementEffect;
import tranche.core.migration.TransactionMode;

/// Whether a script runs inside one transaction.
record TransactionNeed(boolean isTransactional) {
  static TransactionNeed of(List<StatementEffect> effects, TransactionMode mode) {
    return new TransactionNeed(
        switch (mode) {
          case ALWAYS -> true;
          case NEVER -> false;
          case BY_STATEMENTS -> effects.stream().allMatch(StatementEffect::canRunInTransaction);
        });
  }
}
