package tranche.postgres.json;

import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdScalarSerializer;
import tranche.core.fleet.CellId;
import tranche.core.fleet.DatabaseId;
import tranche.core.fleet.StoreId;
import tranche.core.fleet.TenantId;
import tranche.core.release.ReleaseId;
import tranche.core.release.SchemaVersion;
import tranche.core.rollout.BatchId;
import tranche.core.rollout.RolloutId;
import tranche.core.rollout.StepId;

/// The types that are stored as a plain string, as values and as keys of objects.
final class TextForms {
  private TextForms() {}

  static SimpleModule module() {
    SimpleModule module = new SimpleModule("text-forms");
    add(module, TenantId.class, TenantId::new);
    add(module, ReleaseId.class, ReleaseId::new);
    add(module, CellId.class, CellId::new);
    add(module, DatabaseId.class, DatabaseId::new);
    add(module, StoreId.class, StoreId::parse);
    add(module, SchemaVersion.class, SchemaVersion::new);
    add(module, BatchId.class, BatchId::parse);
    add(module, RolloutId.class, RolloutId::new);
    add(module, StepId.class, StepId::new);
    module.addSerializer(String.class, new Storable());
    return module;
  }

  /// `parse` reads what the type's `toString` writes; the round-trip tests hold each to that.
  private static <T> void add(SimpleModule module, Class<T> type, Function<String, T> parse) {
    module.addSerializer(type, new Written<>(type));
    module.addDeserializer(type, new Read<>(type, parse));
    module.addKeySerializer(type, new WrittenKey<>(type));
    module.addKeyDeserializer(type, new ReadKey<>(parse));
  }

  private static final class Written<T> extends StdScalarSerializer<T> {
    Written(Class<T> type) {
      super(type);
    }

    @Override
    public void serialize(T value, JsonGenerator to, SerializationContext context) {
      to.writeString(storable(value.toString()));
    }
  }

  private static final class WrittenKey<T> extends StdScalarSerializer<T> {
    WrittenKey(Class<T> type) {
      super(type);
    }

    @Override
    public void serialize(T value, JsonGenerator to, SerializationContext context) {
      to.writeName(storable(value.toString()));
    }
  }

  private static final class Read<T> extends StdScalarDeserializer<T> {
    private final transient Function<String, T> parse;

    Read(Class<T> type, Function<String, T> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    public T deserialize(JsonParser from, DeserializationContext context) {
      if (!from.hasToken(JsonToken.VALUE_STRING)) {
        return context.reportInputMismatch(this, "a text is expected");
      }
      return parse.apply(from.getString());
    }
  }

  private static final class ReadKey<T> extends KeyDeserializer {
    private final Function<String, T> parse;

    ReadKey(Function<String, T> parse) {
      this.parse = parse;
    }

    @Override
    public Object deserializeKey(String key, DeserializationContext context) {
      return parse.apply(key);
    }
  }

  private static final class Storable extends StdScalarSerializer<String> {
    Storable() {
      super(String.class);
    }

    @Override
    public void serialize(String value, JsonGenerator to, SerializationContext context) {
      to.writeString(storable(value));
    }
  }

  /// PostgreSQL stores neither NUL nor half a surrogate pair. Texts of problems quote what programs
  /// printed, so both can occur; an unreadable character must not keep an event out of the journal.
  static String storable(String text) {
    int bad = firstBad(text, 0);
    if (bad < 0) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text);
    for (int i = bad; i >= 0; i = firstBad(text, i + 1)) {
      clean.setCharAt(i, '\uFFFD');
    }
    return clean.toString();
  }

  private static int firstBad(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return i;
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }
}
