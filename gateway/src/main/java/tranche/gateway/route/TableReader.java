package tranche.gateway.route;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tranche.core.problem.ProblemException;
import tranche.gateway.problem.AdminProblem.RequestWrong;
import tranche.gateway.route.TenantRoute.WeightedArm;

/// Reads tables and updates from JSON as a stream, so that 100,000 tenants need no document tree.
/// Unknown keys, duplicate keys and values of another type are refused.
public final class TableReader {
  private final JsonParser json;

  /// Equal routes and equal strings become one object each: a fleet has few distinct routes.
  private final Map<TenantRoute, TenantRoute> routes = new HashMap<>();

  private final Map<String, String> strings = new HashMap<>();

  private TableReader(JsonParser json) {
    this.json = json;
  }

  /// Reads a whole table.
  ///
  /// @throws ProblemException when the text is not a table, or the table is not valid
  public static RoutingTable table(InputStream in) {
    return RoutingTable.EMPTY.with(read(in, Removals.REFUSED));
  }

  /// Reads an update; null removes a cell or a tenant.
  ///
  /// @throws ProblemException when the text is not an update
  public static TableUpdate update(InputStream in) {
    return read(in, Removals.ALLOWED);
  }

  private static TableUpdate read(InputStream in, Removals removals) {
    try (JsonParser parser = RouteJson.FACTORY.createParser(ObjectReadContext.empty(), in)) {
      parser.nextToken();
      TableUpdate update = new TableReader(parser).document(removals);
      if (parser.nextToken() != null) {
        throw wrong("There is text after the table", "A request body is one JSON object");
      }
      return update;
    } catch (JacksonException e) {
      throw new ProblemException(
          new RequestWrong("The table is not JSON that can be read", e.getOriginalMessage()), e);
    }
  }

  private TableUpdate document(Removals removals) {
    Map<String, Optional<Cell>> cells = new LinkedHashMap<>();
    Map<String, Optional<TenantRoute>> tenants = new LinkedHashMap<>();
    long[] version = {-1, -1};
    object(
        "the table",
        key -> {
          switch (key) {
            case "epoch" -> version[0] = number(key);
            case "version" -> version[1] = number(key);
            case "cells" -> entries(key, cells, removals, id -> cell(id));
            case "tenants" -> entries(key, tenants, removals, id -> route(id));
            case String other -> throw unknown(other, "a table");
          }
        });
    if (version[0] < 0 || version[1] < 0) {
      throw wrong("The table has no epoch or no version", "Both are whole numbers from 0");
    }
    return new TableUpdate(new TableVersion(version[0], version[1]), cells, tenants);
  }

  /// Whether null stands for the removal of an entry.
  private enum Removals {
    ALLOWED,
    REFUSED
  }

  private interface Entry<T> {
    T read(String id);
  }

  private <T> void entries(
      String name, Map<String, Optional<T>> into, Removals removals, Entry<T> entry) {
    object(
        name,
        id -> {
          Optional<T> value =
              removals == Removals.ALLOWED && json.currentToken() == JsonToken.VALUE_NULL
                  ? Optional.empty()
                  : Optional.of(entry.read(id));
          if (into.put(id, value) != null) {
            throw wrong("Key " + id + " stands twice in " + name, "Keys are unique");
          }
          if (into.size() > RoutingTable.MAX_TENANTS) {
            throw wrong(
                "There are too many " + name, "At most " + RoutingTable.MAX_TENANTS + " fit");
          }
        });
  }

  private Cell cell(String id) {
    Map<String, Arm> arms = new LinkedHashMap<>();
    object(
        "cell " + id,
        key -> {
          if (!key.equals("arms")) {
            throw unknown(key, "cell " + id);
          }
          object("the arms of cell " + id, release -> once(arms, release, arm(release)));
        });
    return new Cell(arms);
  }

  private static <T> void once(Map<String, T> into, String key, T value) {
    if (into.put(key, value) != null) {
      throw wrong("Key " + key + " stands twice", "Keys are unique");
    }
  }

  private Arm arm(String release) {
    String[] readiness = {Arm.DEFAULT_READINESS};
    List<Instance> instances = new ArrayList<>();
    object(
        "arm " + release,
        key -> {
          switch (key) {
            case "readiness" -> readiness[0] = text(key);
            case "instances" -> instances(release, instances);
            case String other -> throw unknown(other, "arm " + release);
          }
        });
    return new Arm(readiness[0], instances);
  }

  private void instances(String release, List<Instance> into) {
    expect(JsonToken.START_ARRAY, "instances of arm " + release, "a list");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      into.add(instance());
      if (into.size() > RoutingTable.MAX_INSTANCES_PER_ARM) {
        throw wrong(
            "Arm " + release + " has too many instances",
            "At most " + RoutingTable.MAX_INSTANCES_PER_ARM + " are allowed");
      }
    }
  }

  private Instance instance() {
    String[] names = {"", ""};
    int[] port = {0};
    boolean[] draining = {false};
    object(
        "an instance",
        key -> {
          switch (key) {
            case "id" -> names[0] = text(key);
            case "host" -> names[1] = text(key);
            case "port" -> port[0] = (int) Math.min(number(key), Integer.MAX_VALUE);
            case "draining" -> draining[0] = flag(key);
            case String other -> throw unknown(other, "an instance");
          }
        });
    return new Instance(names[0], names[1], port[0], draining[0]);
  }

  private TenantRoute route(String tenant) {
    String[] cell = {""};
    List<WeightedArm> arms = new ArrayList<>();
    Sticky[] sticky = {Sticky.TENANT};
    object(
        "tenant " + tenant,
        key -> {
          switch (key) {
            case "cell" -> cell[0] = shared(text(key));
            case "arms" -> object("the arms of tenant " + tenant, arm -> weight(arm, arms));
            case "sticky" -> sticky[0] = sticky(text(key));
            case String other -> throw unknown(other, "tenant " + tenant);
          }
        });
    TenantRoute route = new TenantRoute(cell[0], arms, sticky[0]);
    TenantRoute known = routes.putIfAbsent(route, route);
    return known == null ? route : known;
  }

  private void weight(String release, List<WeightedArm> into) {
    into.add(new WeightedArm(shared(release), (int) Math.min(number(release), 1_000)));
    if (into.size() > RoutingTable.MAX_ARMS) {
      throw wrong("A route has too many arms", "At most " + RoutingTable.MAX_ARMS + " are allowed");
    }
  }

  private static Sticky sticky(String name) {
    return Sticky.ofWireName(name)
        .orElseThrow(
            () -> wrong("sticky is " + name, "The values are \"user\", \"tenant\" and \"none\""));
  }

  private void object(String what, Consumer<String> onKey) {
    expect(JsonToken.START_OBJECT, what, "an object");
    for (String key = json.nextName(); key != null; key = json.nextName()) {
      json.nextToken();
      onKey.accept(key);
    }
  }

  private long number(String key) {
    expect(JsonToken.VALUE_NUMBER_INT, key, "a whole number");
    long value = json.getLongValue();
    if (value < 0) {
      throw wrong("The value of " + key + " is " + value, "It is a whole number from 0");
    }
    return value;
  }

  private String text(String key) {
    expect(JsonToken.VALUE_STRING, key, "a text");
    return json.getString();
  }

  private boolean flag(String key) {
    if (json.currentToken() != JsonToken.VALUE_TRUE
        && json.currentToken() != JsonToken.VALUE_FALSE) {
      throw wrong("The value of " + key + " is no truth value", "Use true or false");
    }
    return json.currentToken() == JsonToken.VALUE_TRUE;
  }

  private String shared(String text) {
    String known = strings.putIfAbsent(text, text);
    return known == null ? text : known;
  }

  private void expect(JsonToken token, String what, String form) {
    if (json.currentToken() != token) {
      throw wrong("The value of " + what + " is of the wrong type", "It must be " + form);
    }
  }

  private static ProblemException unknown(String key, String where) {
    return wrong("Key " + key + " is not known in " + where, "Unknown keys are refused");
  }

  private static ProblemException wrong(String what, String why) {
    return new ProblemException(new RequestWrong(what, why));
  }
}
