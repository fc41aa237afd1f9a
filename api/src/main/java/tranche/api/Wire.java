package tranche.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Map;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/// How wire records become JSON and back. Members keep the order of the record; what is absent is
/// left out; times are RFC 3339 in UTC, durations ISO 8601.
public final class Wire {
  /// The path below which all resources are.
  public static final String BASE = "/api/v1";

  /// The header that says for whom a request is made: a label, not an identity.
  public static final String USER_HEADER = "X-Tranche-User";

  /// The header by which the server recognises a request that is sent again.
  public static final String KEY_HEADER = "Idempotency-Key";

  private static final int DEPTH = 32;
  private static final int STRING = 4_000_000;

  private static final JsonMapper TOLERANT = mapper().build();
  private static final JsonMapper STRICT =
      mapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private Wire() {}

  private static JsonMapper.Builder mapper() {
    var limits =
        StreamReadConstraints.builder().maxNestingDepth(DEPTH).maxStringLength(STRING).build();
    var asEmpty = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY, Nulls.FAIL);
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(limits).build())
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .withCoercionConfig(LogicalType.Textual, Wire::onlyText)
        .withConfigOverride(List.class, o -> o.setNullHandling(asEmpty))
        .withConfigOverride(Map.class, o -> o.setNullHandling(asEmpty))
        .changeDefaultPropertyInclusion(_ ->
            JsonInclude.Value.construct(
                JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS));
  }

  private static void onlyText(MutableCoercionConfig text) {
    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
  }

  /// For answers: members that this version does not know are passed over, so that an older client
  /// can talk to a newer server.
  public static JsonMapper tolerant() {
    return TOLERANT;
  }

  /// For requests: a member that is not known is an error, because the caller meant something by
  /// it.
  public static JsonMapper strict() {
    return STRICT;
  }
}
