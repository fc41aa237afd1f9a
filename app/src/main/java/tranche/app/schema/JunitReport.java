package tranche.app.schema;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import tranche.api.problem.RecordedJson;
import tranche.api.schema.SchemaAdoptJson;
import tranche.api.schema.SchemaDriftJson;
import tranche.api.schema.SchemaDriftJson.ShapeJson;
import tranche.api.schema.SchemaPlanJson;
import tranche.api.schema.SchemaPlanJson.PlannedMigrationJson;
import tranche.api.schema.StoreResultJson;
import tranche.api.schema.StoreStatusJson;

/// Stores as test cases, for continuous integration: a suite for each tier, or for each database
/// where tiers are not known, and a case for each store.
final class JunitReport {
  private JunitReport() {}

  /// @param seconds how long it took
  /// @param failure what failed: a type and a text
  private record Case(
      String suite, String name, double seconds, Optional<Failure> failure, boolean isSkipped) {}

  private record Failure(String type, String text) {}

  /// A case fails if its store is not where it should be.
  static void ofStatus(String name, List<StoreStatusJson> stores, PrintStream out) {
    List<Case> cases = new ArrayList<>(stores.size());
    for (StoreStatusJson store : stores) {
      Optional<Failure> failure =
          store.state().equals("current")
              ? Optional.empty()
              : Optional.of(failure(store.state(), store.pending(), store.problem()));
      cases.add(new Case(suite(store.tier(), store.store()), store.store(), 0, failure, false));
    }
    write(name, cases, out);
  }

  /// A case for each group of stores; it fails if they were not adopted.
  static void ofAdoption(SchemaAdoptJson adopt, PrintStream out) {
    List<Case> cases = new ArrayList<>();
    for (SchemaAdoptJson.Group group : adopt.groups()) {
      boolean isBad = group.outcome().equals("refused") || group.outcome().equals("missing");
      String reasons = group.outcome() + ": " + String.join("; ", group.reasons());
      String name = group.stores() + " stores, such as " + String.join(", ", group.examples());
      Optional<Failure> failure =
          isBad ? Optional.of(new Failure(group.outcome(), reasons)) : Optional.empty();
      cases.add(new Case("adopt", name, 0, failure, false));
    }
    write("adopt", cases, out);
  }

  /// A case fails if its store failed, and is skipped if the run did not come to it.
  static void ofResults(String name, List<StoreResultJson> stores, PrintStream out) {
    List<Case> cases = new ArrayList<>(stores.size());
    for (StoreResultJson store : stores) {
      boolean isWell = store.state().equals("done") || store.state().equals("unchanged");
      boolean isSkipped = store.state().equals("waiting") || store.state().equals("not-there");
      Optional<Failure> failure =
          isWell || isSkipped
              ? Optional.empty()
              : Optional.of(failure(store.state(), List.of(), store.problem()));
      double seconds = store.took().toMillis() / 1000.0;
      cases.add(
          new Case(suite(store.tier(), store.store()), store.store(), seconds, failure, isSkipped));
    }
    write(name, cases, out);
  }

  /// A case for each migration, which fails if an error was found in it.
  static void ofPlan(SchemaPlanJson plan, PrintStream out) {
    List<Case> cases = new ArrayList<>();
    for (PlannedMigrationJson migration : plan.migrations()) {
      Optional<Failure> failure =
          plan.findings().stream()
              .filter(f -> f.script().equals(migration.script()))
              .filter(f -> f.severity().equals("error") && !f.allowed())
              .findFirst()
              .map(f -> new Failure(f.rule(), f.what() + "\n" + f.why() + "\n" + f.safeWay()));
      String name = migration.key() + " " + migration.description();
      cases.add(new Case(plan.target(), name, 0, failure, false));
    }
    write(plan.target(), cases, out);
  }

  /// A case that succeeds for all that are as expected, and one that fails for each difference.
  static void ofDrift(SchemaDriftJson drift, PrintStream out) {
    List<Case> cases = new ArrayList<>();
    cases.add(new Case(drift.target(), drift.equal() + " as expected", 0, Optional.empty(), false));
    for (ShapeJson shape : drift.shapes()) {
      String name = shape.stores() + " like " + shape.examples().getFirst();
      Failure failure = new Failure("drift", String.join("\n", shape.differences()));
      cases.add(new Case(drift.target(), name, 0, Optional.of(failure), false));
    }
    write(drift.target(), cases, out);
  }

  private static String suite(Optional<String> tier, String store) {
    return tier.orElseGet(() -> store.substring(0, store.lastIndexOf('/')));
  }

  private static Failure failure(
      String state, List<String> pending, Optional<RecordedJson> problem) {
    return problem
        .map(p -> new Failure(p.code(), p.what() + "\n" + p.why() + "\n" + p.fix()))
        .orElseGet(() -> new Failure(state, state + " " + String.join(", ", pending)));
  }

  private static void write(String name, List<Case> cases, PrintStream out) {
    Map<String, List<Case>> suites = new LinkedHashMap<>();
    cases.forEach(c -> suites.computeIfAbsent(c.suite(), _ -> new ArrayList<>()).add(c));
    try {
      XMLStreamWriter xml =
          XMLOutputFactory.newFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeCharacters("\n");
      xml.writeStartElement("testsuites");
      xml.writeAttribute("name", clean(name));
      for (var suite : suites.entrySet()) {
        suite(xml, suite.getKey(), suite.getValue());
      }
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.writeCharacters("\n");
      xml.writeEndDocument();
      xml.flush();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void suite(XMLStreamWriter xml, String name, List<Case> cases)
      throws XMLStreamException {
    xml.writeCharacters("\n  ");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", clean(name));
    xml.writeAttribute("tests", String.valueOf(cases.size()));
    xml.writeAttribute("failures", count(cases.stream().filter(c -> c.failure().isPresent())));
    xml.writeAttribute("skipped", count(cases.stream().filter(Case::isSkipped)));
    for (Case one : cases) {
      one(xml, one);
    }
    xml.writeCharacters("\n  ");
    xml.writeEndElement();
  }

  private static String count(java.util.stream.Stream<Case> cases) {
    return String.valueOf(cases.count());
  }

  private static void one(XMLStreamWriter xml, Case one) throws XMLStreamException {
    xml.writeCharacters("\n    ");
    boolean isPlain = one.failure().isEmpty() && !one.isSkipped();
    if (isPlain) {
      xml.writeEmptyElement("testcase");
    } else {
      xml.writeStartElement("testcase");
    }
    xml.writeAttribute("classname", clean(one.suite()));
    xml.writeAttribute("name", clean(one.name()));
    xml.writeAttribute("time", String.format(java.util.Locale.ROOT, "%.3f", one.seconds()));
    if (one.isSkipped()) {
      xml.writeEmptyElement("skipped");
    }
    if (one.failure().isPresent()) {
      xml.writeStartElement("failure");
      xml.writeAttribute("type", clean(one.failure().get().type()));
      xml.writeCharacters(clean(one.failure().get().text()));
      xml.writeEndElement();
    }
    if (!isPlain) {
      xml.writeEndElement();
    }
  }

  /// Without characters that XML cannot have.
  private static String clean(String text) {
    return text.codePoints()
        .map(c -> isText(c) ? c : '?')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isText(int character) {
    boolean isSurrogate =
        character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    boolean isNothing = isSurrogate || character == 0xFFFE || character == 0xFFFF;
    return character == '\n' || (character >= 0x20 && !isNothing);
  }
}
