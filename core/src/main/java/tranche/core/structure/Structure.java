package tranche.core.structure;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a store is made of: each object with its definition, from which the store's own schema name
/// is gone. Two stores that the same migrations have made are equal here.
///
/// The physical order of columns is kept beside the objects and is no part of equality or of the
/// fingerprint: a column that was removed and added again stands at the end of its table, and
/// nothing but `SELECT *` and `INSERT` without a column list can notice.
public final class Structure {
  /// The structure of a schema with nothing in it.
  public static final Structure EMPTY = new Structure(Map.of(), Map.of());

  private final SortedMap<ObjectKey, String> objects;
  private final SortedMap<String, String> columnOrders;
  private final StructureFingerprint fingerprint;

  /// A structure of these objects.
  ///
  /// @param objects the definition of each object, without the schema's own name
  /// @param columnOrders the columns of each table, separated by commas, as they lie on disk
  public Structure(Map<ObjectKey, String> objects, Map<String, String> columnOrders) {
    this.objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
    this.columnOrders = Collections.unmodifiableSortedMap(new TreeMap<>(columnOrders));
    this.fingerprint = StructureFingerprint.of(objects);
  }

  /// The objects with their definitions, by kind and name.
  public SortedMap<ObjectKey, String> objects() {
    return objects;
  }

  /// The physical order of columns by table, names separated by commas.
  public SortedMap<String, String> columnOrders() {
    return columnOrders;
  }

  /// The same for equal structures, another one for all others.
  public StructureFingerprint fingerprint() {
    return fingerprint;
  }

  /// Whether there is no object.
  public boolean isEmpty() {
    return objects.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Structure that && objects.equals(that.objects);
  }

  @Override
  public int hashCode() {
    return Objects.hash(objects);
  }

  /// The number of objects and the fingerprint.
  @Override
  public String toString() {
    return objects.size() + " objects, " + fingerprint.brief();
  }
}
