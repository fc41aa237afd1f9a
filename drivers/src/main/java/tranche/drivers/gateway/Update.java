package tranche.drivers.gateway;

import tools.jackson.databind.node.ObjectNode;

/// The content of a change of the gateway's table.
interface Update {
  /// Changes nothing, and so is not sent.
  Update NONE = _ -> {};

  /// Adds the content beside the version.
  void writeTo(ObjectNode update);
}
