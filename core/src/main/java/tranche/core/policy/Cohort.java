package tranche.core.policy;

import java.util.List;
import java.util.Objects;
import tranche.core.fleet.Tenant;
import tranche.core.fleet.TenantId;
import tranche.core.release.Digest;

/// A named rule that selects tenants; timeless.
///
/// Empty lists select everything. `tenants` are ids in which `*` stands for any characters. `share`
/// (0 to 1) keeps that part of the selected, chosen by a hash of the tenant's id and a salt, at
/// least one tenant: the same salt always gives the same tenants, another one others.
public record Cohort(List<String> tiers, List<String> regions, List<String> tenants, double share) {
  public Cohort {
    tiers = List.copyOf(tiers);
    regions = List.copyOf(regions);
    tenants = List.copyOf(tenants);
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share " + share);
    }
  }

  /// Those of the candidates that the rule selects, in their order.
  public List<Tenant> select(List<Tenant> candidates, String salt) {
    List<Tenant> matching = candidates.stream().filter(this::matches).toList();
    if (share >= 1 || matching.isEmpty()) {
      return matching;
    }
    int wanted = Math.max(1, (int) Math.ceil(share * matching.size()));
    var chosen =
        matching.stream()
            .sorted(java.util.Comparator.comparing((Tenant t) -> rank(t.id(), salt)))
            .limit(wanted)
            .map(Tenant::id)
            .collect(java.util.stream.Collectors.toSet());
    return matching.stream().filter(t -> chosen.contains(t.id())).toList();
  }

  private boolean matches(Tenant tenant) {
    return (tiers.isEmpty() || tiers.contains(tenant.tier()))
        && (regions.isEmpty() || regions.contains(tenant.region()))
        && (tenants.isEmpty() || tenants.stream().anyMatch(p -> glob(p, tenant.id().value())));
  }

  /// Takes the first place where each part fits, which is as good as any: no backtracking, so that
  /// a pattern with many stars costs no more than its length.
  private static boolean glob(String pattern, String text) {
    String[] parts = pattern.split("\\*", -1);
    if (parts.length == 1) {
      return text.equals(pattern);
    }
    String last = parts[parts.length - 1];
    if (!text.startsWith(parts[0]) || !text.endsWith(last)) {
      return false;
    }
    int at = parts[0].length();
    for (int i = 1; i < parts.length - 1; i++) {
      int found = text.indexOf(parts[i], at);
      if (found < 0) {
        return false;
      }
      at = found + parts[i].length();
    }
    return text.length() - last.length() >= at;
  }

  private static String rank(TenantId tenant, String salt) {
    return Digest.sha256().add(salt).add(tenant.value()).hex();
  }

  /// The rule in words, for the plan table.
  public String words() {
    StringBuilder words = new StringBuilder();
    append(words, "tenant", tenants);
    append(words, "tier", tiers);
    append(words, "region", regions);
    if (share < 1) {
      words.append(words.isEmpty() ? "" : ", ").append(percent(share)).append(" by hash");
    }
    return words.isEmpty() ? "all" : words.toString();
  }

  private static void append(StringBuilder words, String name, List<String> values) {
    if (!values.isEmpty()) {
      words.append(words.isEmpty() ? "" : ", ").append(name).append(' ');
      words.append(String.join(" or ", values));
    }
  }

  private static String percent(double share) {
    double percent = share * 100;
    return Objects.equals(percent, Math.rint(percent)) ? (long) percent + " %" : percent + " %";
  }
}
