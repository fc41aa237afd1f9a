package tranche.config.database;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Texts in which `{tenant}` stands for a tenant's id and `{region}` for its region.
public final class Template {
  private static final Set<String> KNOWN = Set.of("{tenant}", "{region}");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^{}]*}");

  private Template() {}

  /// The placeholders in a text, braces included.
  public static Set<String> placeholders(String template) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = PLACEHOLDER.matcher(template);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  /// Whether the text has no braces but those of `{tenant}` and `{region}`.
  public static boolean isWellFormed(String template) {
    String rest = template.replace("{tenant}", "").replace("{region}", "");
    return KNOWN.containsAll(placeholders(template)) && !rest.contains("{") && !rest.contains("}");
  }

  /// The text with the words put in as they are.
  public static String words(String template, String tenant, String region) {
    return template.replace("{region}", region).replace("{tenant}", tenant);
  }

  /// The text as a name in PostgreSQL: in the words that are put in, `-` becomes `_`.
  public static String name(String template, String tenant, String region) {
    return words(template, tenant.replace('-', '_'), region.replace('-', '_'));
  }
}
