package tranche.gateway.admin;

import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tranche.core.problem.ProblemException;
import tranche.gateway.problem.AdminProblem.RequestWrong;
import tranche.gateway.route.RoutingTable;

/// Reads a body of the form `{"NAME": ["id", ...]}`.
final class IdList {
  private static final JsonFactory JSON = new JsonFactory();

  private IdList() {}

  static Set<String> read(InputStream in, String name) {
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), in)) {
      require(json.nextToken() == JsonToken.START_OBJECT, name);
      require(name.equals(json.nextName()), name);
      require(json.nextToken() == JsonToken.START_ARRAY, name);
      Set<String> ids = new LinkedHashSet<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        require(json.currentToken() == JsonToken.VALUE_STRING, name);
        ids.add(json.getString());
        require(ids.size() <= RoutingTable.MAX_TENANTS, name);
      }
      require(json.nextToken() == JsonToken.END_OBJECT && json.nextToken() == null, name);
      return ids;
    } catch (JacksonException e) {
      throw new ProblemException(
          new RequestWrong("The body is not JSON that can be read", e.getOriginalMessage()), e);
    }
  }

  private static void require(boolean holds, String name) {
    if (!holds) {
      throw new ProblemException(
          new RequestWrong(
              "The body is not a list of ids",
              "It has the form {\""
                  + name
                  + "\": [\"id\", ...]} with at most "
                  + RoutingTable.MAX_TENANTS
                  + " ids"));
    }
  }
}
