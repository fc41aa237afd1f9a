package tranche.config;

/// An address to listen on; port 0 lets the system choose.
public record ListenAddress(String host, int port) {
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
