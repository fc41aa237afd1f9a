package tranche.core.fleet;

import java.util.Objects;
import java.util.regex.Pattern;

/// The stable identifier of a customer of the SaaS: 1 to 63 characters, lower-case letters, digits,
/// `-` and `_`, beginning with a letter or digit, so that it can be a host label and part of a
/// schema name without escaping.
public record TenantId(String value) implements Comparable<TenantId> {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  public TenantId {
    Objects.requireNonNull(value);
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException("tenant id '" + value + "'");
    }
  }

  /// Whether the text can be a tenant id.
  public static boolean isWellFormed(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public int compareTo(TenantId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
