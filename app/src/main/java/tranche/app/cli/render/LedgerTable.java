package tranche.app.cli.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeSet;

/// Who runs what: tenants by tier, one column per release.
public final class LedgerTable {
  private LedgerTable() {}

  /// The table. `counts` is tier, release, number of tenants; the empty release means none yet.
  public static List<String> lines(Map<String, Map<String, Long>> counts, Look look) {
    SequencedSet<String> releases = new TreeSet<>();
    counts.values().forEach(byRelease -> releases.addAll(byRelease.keySet()));
    Table.Column[] columns = new Table.Column[releases.size() + 2];
    Arrays.fill(columns, Table.Column.RIGHT);
    columns[0] = Table.Column.LEFT;
    Table table = new Table("", columns);
    table.row(cells("TIER", releases.stream().map(r -> r.isEmpty() ? "none" : r).toList(), "ALL"));
    counts.forEach((tier, byRelease) ->
        table.row(
            cells(
                tier,
                releases.stream().map(r -> said(byRelease.getOrDefault(r, 0L))).toList(),
                said(total(byRelease)))));
    if (counts.size() > 1) {
      List<String> sums = releases.stream().map(r -> said(sum(counts, r))).toList();
      long all = counts.values().stream().mapToLong(LedgerTable::total).sum();
      table.row(cells("all", sums, said(all)));
    }
    return look.finish(table.lines(look));
  }

  private static String[] cells(String first, List<String> middle, String last) {
    List<String> cells = new ArrayList<>();
    cells.add(first);
    cells.addAll(middle);
    cells.add(last);
    return cells.toArray(String[]::new);
  }

  private static String said(long count) {
    return count == 0 ? "–" : Figures.count(count);
  }

  private static long total(Map<String, Long> byRelease) {
    return byRelease.values().stream().mapToLong(Long::longValue).sum();
  }

  private static long sum(Map<String, Map<String, Long>> counts, String release) {
    return counts.values().stream().mapToLong(m -> m.getOrDefault(release, 0L)).sum();
  }
}
