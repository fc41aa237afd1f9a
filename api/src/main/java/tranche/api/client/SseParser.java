package tranche.api.client;

import java.util.Optional;

/// Puts the lines of an event stream together to messages. A message counts only when the empty
/// line that ends it has come, so that a broken connection leaves nothing half.
final class SseParser {
  private String event = "message";
  private final StringBuilder data = new StringBuilder();

  record Message(String event, String data) {}

  Optional<Message> take(String line) {
    if (line.isEmpty()) {
      Optional<Message> message =
          data.isEmpty() ? Optional.empty() : Optional.of(new Message(event, data.toString()));
      event = "message";
      data.setLength(0);
      return message;
    }
    int colon = line.indexOf(':');
    String field = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1);
    value = value.startsWith(" ") ? value.substring(1) : value;
    if (field.equals("event")) {
      event = value;
    } else if (field.equals("data")) {
      data.append(data.isEmpty() ? "" : "\n").append(value);
    }
    return Optional.empty();
  }
}
