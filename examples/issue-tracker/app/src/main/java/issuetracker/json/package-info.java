/// Reading and writing JSON without data binding, because start-up time counts: one object type and
/// one codec on top of a streaming parser. Read [issuetracker.json.JsonObject] first. No mapping to
/// classes happens here; whoever needs a value asks for it by name and type.
@NullMarked
package issuetracker.json;

import org.jspecify.annotations.NullMarked;
