package tranche.gateway.route;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tranche.gateway.route.TenantRoute.WeightedArm;

/// Writes tables and routes as JSON, in the form that [TableReader] reads.
public final class RouteJson {
  /// Most bytes of a table document.
  public static final long MAX_DOCUMENT_BYTES = 64L * 1024 * 1024;

  /// Tenant ids are keys: remembering them in the parser's symbol table would only cost memory.
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(12)
                  .maxStringLength(4096)
                  .maxNameLength(512)
                  .maxNumberLength(19)
                  .maxDocumentLength(MAX_DOCUMENT_BYTES)
                  .build())
          .build();

  private RouteJson() {}

  /// Writes a whole table; leaves the stream open.
  public static void writeTable(RoutingTable table, OutputStream out) {
    try (JsonGenerator json =
        FACTORY.createGenerator(ObjectWriteContext.empty(), new KeepOpen(out))) {
      json.writeStartObject();
      json.writeNumberProperty("epoch", table.version().epoch());
      json.writeNumberProperty("version", table.version().version());
      json.writeName("cells");
      json.writeStartObject();
      table.cells().forEach((id, cell) -> writeCell(id, cell, json));
      json.writeEndObject();
      json.writeName("tenants");
      json.writeStartObject();
      table.tenants().forEach((id, route) -> writeRoute(id, route, json));
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  /// Writes one route as a member of the object that is open.
  public static void writeRoute(String tenant, TenantRoute route, JsonGenerator json) {
    json.writeName(tenant);
    json.writeStartObject();
    json.writeStringProperty("cell", route.cell());
    json.writeName("arms");
    json.writeStartObject();
    for (WeightedArm arm : route.arms()) {
      json.writeNumberProperty(arm.release(), arm.weight());
    }
    json.writeEndObject();
    json.writeStringProperty("sticky", route.sticky().wireName());
    json.writeEndObject();
  }

  private static void writeCell(String id, Cell cell, JsonGenerator json) {
    json.writeName(id);
    json.writeStartObject();
    json.writeName("arms");
    json.writeStartObject();
    for (Map.Entry<String, Arm> arm : cell.arms().entrySet()) {
      json.writeName(arm.getKey());
      writeArm(arm.getValue(), json);
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeArm(Arm arm, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("readiness", arm.readiness());
    json.writeArrayPropertyStart("instances");
    for (Instance instance : arm.instances()) {
      json.writeStartObject();
      json.writeStringProperty("id", instance.id());
      json.writeStringProperty("host", instance.host());
      json.writeNumberProperty("port", instance.port());
      json.writeBooleanProperty("draining", instance.draining());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /// The generator closes what it writes to; the callers still need their stream.
  private static final class KeepOpen extends FilterOutputStream {
    KeepOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}
