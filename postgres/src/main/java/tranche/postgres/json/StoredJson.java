package tranche.postgres.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.type.LogicalType;
import tranche.core.problem.ProblemException;
import tranche.core.release.Release;
import tranche.core.rollout.Event;
import tranche.core.rollout.Plan;

/// Writes a type as JSON text and reads it back. Immutable and safe for use by many threads.
///
/// Ids are plain strings, durations ISO 8601, times RFC 3339 in UTC, absent values `null`, enum
/// constants kebab-case words; a case of a sealed family has its name from [TypeNames] in `type`.
///
/// @param <T> the type that is stored
public final class StoredJson<T> {
  private static final List<CoercionInputShape> NOT_TEXT =
      List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean);
  private static final JsonMapper MAPPER = mapper();

  /// What the journal holds.
  public static final StoredJson<Event> EVENT = new StoredJson<>(Event.class);

  /// What is approved and started.
  public static final StoredJson<Plan> PLAN = new StoredJson<>(Plan.class);

  /// What is shipped.
  public static final StoredJson<Release> RELEASE = new StoredJson<>(Release.class);

  private final Class<T> type;
  private final ObjectWriter writer;
  private final ObjectReader reader;

  StoredJson(Class<T> type) {
    this.type = type;
    this.writer = MAPPER.writerFor(type);
    this.reader = MAPPER.readerFor(type);
  }

  /// The JSON text of the value. Characters that PostgreSQL cannot store are replaced by U+FFFD.
  public String write(T value) {
    return writer.writeValueAsString(value);
  }

  /// The value that the text means.
  ///
  /// @throws tranche.core.problem.ProblemException [StoredJsonProblem] if the text has a field or a
  ///   type that is not known, lacks one, or holds a value that its type refuses
  public T read(String text) {
    try {
      Object value = reader.readValue(text);
      if (type.isInstance(value)) {
        return type.cast(value);
      }
    } catch (JacksonException | IllegalArgumentException e) {
      throw new ProblemException(new StoredJsonProblem(type.getSimpleName(), reason(e)), e);
    }
    throw new StoredJsonProblem(type.getSimpleName(), "it is null").exception();
  }

  /// Where and why, without the text around it.
  private static String reason(RuntimeException e) {
    return e instanceof JacksonException json ? json.getOriginalMessage() : e.toString();
  }

  private static JsonMapper mapper() {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .annotationIntrospector(new DomainShape())
            .addModule(TextForms.module())
            .withCoercionConfig(LogicalType.Textual, StoredJson::refuseAllButText)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                DeserializationFeature.FAIL_ON_IGNORED_PROPERTIES,
                DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    for (TypeNames.Family family : TypeNames.families()) {
      builder.addMixIn(family.type(), Named.class);
      family.names().forEach((type, name) -> builder.registerSubtypes(new NamedType(type, name)));
    }
    return builder.build();
  }

  private static void refuseAllButText(MutableCoercionConfig texts) {
    for (CoercionInputShape shape : NOT_TEXT) {
      MutableCoercionConfig _ = texts.setCoercion(shape, CoercionAction.Fail);
    }
  }

  /// Laid over a sealed family: its cases say in `type` which one they are.
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  private interface Named {}
}
