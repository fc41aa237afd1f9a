package tranche.gateway.route;

import java.nio.charset.StandardCharsets;

/// The stable share, 0 to 99, that a (tenant, key) pair falls into.
///
/// The function is part of the interface: changing it would move users between arms in the middle
/// of a rollout. It is FNV-1a (64 bit) over the UTF-8 bytes of `tenant + '/' + key`, finished with
/// two rounds of xor-shift-multiply, because the low bits of plain FNV-1a are too regular for short
/// ids.
public final class Bucket {
  /// Number of buckets.
  public static final int COUNT = 100;

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Bucket() {}

  /// The bucket of a key within a tenant.
  public static int of(String tenant, String key) {
    long hash = absorb(FNV_OFFSET, tenant);
    hash = (hash ^ '/') * FNV_PRIME;
    return (int) Long.remainderUnsigned(finish(absorb(hash, key)), COUNT);
  }

  private static long absorb(long hash, String text) {
    long result = hash;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      result = (result ^ (b & 0xff)) * FNV_PRIME;
    }
    return result;
  }

  private static long finish(long hash) {
    long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 29)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 32);
  }
}
