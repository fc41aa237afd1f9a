package tranche.config.yaml;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import tranche.config.problem.ConfigProblem;
import tranche.config.problem.Where;
import tranche.core.problem.ProblemException;

/// Builds nodes from parser events. Works on events because they come one by one: a hostile file is
/// refused at the first anchor, tag or level too deep, before anything has grown from it.
final class TreeBuilder {
  private static final int MAX_DEPTH = 50;

  private final String file;
  private final Iterator<Event> events;
  private int depth;

  TreeBuilder(String file, Iterator<Event> events) {
    this.file = file;
    this.events = events;
  }

  YamlNode document() {
    Event event = skip(skip(events.next(), Event.ID.StreamStart), Event.ID.DocumentStart);
    if (event.getEventId() == Event.ID.StreamEnd) {
      return new YamlNode.Scalar(Where.in(file, 1, 1), "", YamlNode.Style.PLAIN);
    }
    YamlNode node = node(event);
    Event after = skip(events.next(), Event.ID.DocumentEnd);
    if (after.getEventId() != Event.ID.StreamEnd) {
      throw notYaml(after, "a second document begins here; a file holds one");
    }
    return node;
  }

  private Event skip(Event event, Event.ID id) {
    return event.getEventId() == id ? events.next() : event;
  }

  private YamlNode node(Event event) {
    requireData(event);
    Where where = where(event);
    return switch (event) {
      case ScalarEvent scalar ->
          new YamlNode.Scalar(
              where,
              scalar.getValue(),
              scalar.isPlain() ? YamlNode.Style.PLAIN : YamlNode.Style.QUOTED);
      case CollectionStartEvent start -> collection(start, where);
      default -> throw notYaml(event, "unexpected " + event.getEventId());
    };
  }

  private YamlNode collection(CollectionStartEvent start, Where where) {
    depth++;
    if (depth > MAX_DEPTH) {
      throw notYaml(start, "more than " + MAX_DEPTH + " levels deep");
    }
    YamlNode node = start.getEventId() == Event.ID.SequenceStart ? sequence(where) : mapping(where);
    depth--;
    return node;
  }

  private YamlNode sequence(Where where) {
    List<YamlNode> items = new ArrayList<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      items.add(node(event));
      event = events.next();
    }
    return new YamlNode.Sequence(where, items);
  }

  private YamlNode mapping(Where where) {
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    Map<String, Where> keys = new LinkedHashMap<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.MappingEnd) {
      if (!(node(event) instanceof YamlNode.Scalar(Where at, String key, _))) {
        throw notYaml(event, "a key must be a text");
      }
      Where first = keys.putIfAbsent(key, at);
      if (first != null) {
        throw new ConfigProblem.DuplicateKey(at, key, first).exception();
      }
      entries.put(key, node(events.next()));
      event = events.next();
    }
    return new YamlNode.Mapping(
        where, Collections.unmodifiableMap(entries), Collections.unmodifiableMap(keys));
  }

  private void requireData(Event event) {
    if (event.getEventId() == Event.ID.Alias) {
      throw notYaml(event, "aliases (*name) are not read; write the value out");
    }
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      throw notYaml(event, "anchors (&name) are not read; write the value out where it is needed");
    }
    if (tag(event).isPresent()) {
      throw notYaml(event, "tags (!name) are not read; write the plain value");
    }
  }

  private static Optional<String> tag(Event event) {
    return switch (event) {
      case ScalarEvent scalar -> scalar.getTag();
      case CollectionStartEvent start -> start.getTag();
      default -> Optional.empty();
    };
  }

  private Where where(Event event) {
    return YamlFile.place(file, event.getStartMark());
  }

  private ProblemException notYaml(Event event, String message) {
    return new ConfigProblem.NotYaml(where(event), message).exception();
  }
}
