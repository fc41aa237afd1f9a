package tranche.drivers.gateway;

import tools.jackson.databind.node.ObjectNode;

/// The content of a change of the gateway's table.
interface Update {
  /// Adds the content beside the version.
  void writeTo(ObjectNode update);
}
