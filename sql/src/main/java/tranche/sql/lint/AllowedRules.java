package tranche.sql.lint;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The rules that the header lines of a script allow: `-- tranche: allow=rewrite-table,cascade`.
final class AllowedRules {
  private static final Pattern HEADER = Pattern.compile("--\\s*tranche:(.*)");
  private static final Pattern ALLOW = Pattern.compile("\\ballow=(\\S+)");

  private AllowedRules() {}

  static Set<String> in(String script) {
    Set<String> allowed = new HashSet<>();
    for (String line : script.lines().map(String::strip).toList()) {
      if (!line.isEmpty() && !line.startsWith("--")) {
        break;
      }
      Matcher header = HEADER.matcher(line);
      if (header.matches()) {
        ALLOW
            .matcher(header.group(1))
            .results()
            .forEach(found -> allowed.addAll(List.of(found.group(1).split(",", -1))));
      }
    }
    return allowed;
  }
}
