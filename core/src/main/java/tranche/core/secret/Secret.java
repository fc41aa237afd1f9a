package tranche.core.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;

/// A value that is safe to hold in a record, an exception or a log statement by accident: nothing
/// but [#reveal()] gives it away.
///
/// Deliberately neither a record (its `toString` would print the value) nor `Serializable`.
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /// Wraps a value.
  ///
  /// @throws IllegalArgumentException when the value is empty: an empty secret protects nothing
  public static Secret of(String value) {
    if (Objects.requireNonNull(value).isEmpty()) {
      throw new IllegalArgumentException("a secret must not be empty");
    }
    return new Secret(value);
  }

  /// The value itself, for the one place that has to send or store it.
  public String reveal() {
    return value;
  }

  /// Compares in a time that does not depend on where the values differ.
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
  }

  /// The same for every secret, because a hash of the value would give part of it away.
  @Override
  public int hashCode() {
    return Secret.class.getName().hashCode();
  }

  /// Always the same four dots.
  @Override
  public String toString() {
    return "••••";
  }

  private byte[] bytes() {
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
