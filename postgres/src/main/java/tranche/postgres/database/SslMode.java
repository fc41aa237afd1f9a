package tranche.postgres.database;

/// How far a connection is protected, as libpq names it.
public enum SslMode {
  /// No encryption.
  DISABLE("disable"),
  /// Encryption if the server offers it.
  PREFER("prefer"),
  /// Encryption, without looking at the server's certificate.
  REQUIRE("require"),
  /// Encryption and a certificate from a trusted authority.
  VERIFY_CA("verify-ca"),
  /// The same, and the certificate names the host.
  VERIFY_FULL("verify-full");

  private final String word;

  SslMode(String word) {
    this.word = word;
  }

  /// The word used in configuration and by the driver.
  public String word() {
    return word;
  }
}
