package tranche.gateway.traffic;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// A token that can be compared and is never shown.
public final class Secret {
  private final byte[] value;

  /// Wraps a token.
  public Secret(String value) {
    this.value = value.getBytes(StandardCharsets.UTF_8);
  }

  /// Compares in a time that does not depend on how much of the token is right.
  public boolean matches(@Nullable String offered) {
    return offered != null
        && MessageDigest.isEqual(value, offered.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "***";
  }
}
