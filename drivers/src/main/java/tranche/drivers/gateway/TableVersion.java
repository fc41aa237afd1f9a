package tranche.drivers.gateway;

import tools.jackson.databind.JsonNode;

/// Where the gateway's table is in the sequence of tables.
record TableVersion(long epoch, long version) {
  static TableVersion of(JsonNode node) {
    return new TableVersion(
        node.required("epoch").longValue(), node.required("version").longValue());
  }

  /// The next one that a control plane of that epoch may write; a new epoch begins at 1.
  TableVersion next(long byEpoch) {
    return new TableVersion(byEpoch, byEpoch == epoch ? version + 1 : 1);
  }
}
