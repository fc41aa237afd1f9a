package tranche.postgres.json;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Locale;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/// How the domain's types look in JSON without saying so themselves: a record is its components and
/// nothing that it computes, an enum constant is its name in kebab case.
final class DomainShape extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  @Override
  public boolean hasIgnoreMarker(MapperConfig<?> config, AnnotatedMember member) {
    return (member instanceof AnnotatedMethod method
            && method.getDeclaringClass().isRecord()
            && !isComponent(method))
        || super.hasIgnoreMarker(config, member);
  }

  private static boolean isComponent(AnnotatedMethod method) {
    return Arrays.stream(method.getDeclaringClass().getRecordComponents())
        .map(RecordComponent::getAccessor)
        .anyMatch(method.getAnnotated()::equals);
  }

  @Override
  public String[] findEnumValues(
      MapperConfig<?> config, AnnotatedClass type, Enum<?>[] values, String[] names) {
    // Some callers look at what is returned, others at the array that they gave.
    Arrays.setAll(names, i -> values[i].name().toLowerCase(Locale.ROOT).replace('_', '-'));
    return names;
  }
}
