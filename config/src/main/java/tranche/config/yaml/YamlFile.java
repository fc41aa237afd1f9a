package tranche.config.yaml;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tranche.config.files.TextFile;
import tranche.config.problem.ConfigProblem;
import tranche.config.problem.Findings;
import tranche.config.problem.Where;

/// Reads a YAML file as data.
public final class YamlFile {
  /// The largest file that is read, in bytes.
  public static final int MAX_BYTES = 4 * 1024 * 1024;

  private YamlFile() {}

  /// The map that the file consists of.
  ///
  /// @throws tranche.core.problem.ProblemException [ConfigProblem.MissingFile],
  ///   [ConfigProblem.UnreadableFile], [ConfigProblem.NotYaml] or [ConfigProblem.DuplicateKey]
  public static YamlValue read(Path file, Findings findings) {
    String text = TextFile.read(file, MAX_BYTES);
    return new YamlValue("the file", parse(file.toString(), text), findings);
  }

  /// The value that a text is; `file` names it in problems.
  ///
  /// @throws tranche.core.problem.ProblemException as [#read]
  public static YamlNode parse(String file, String text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setCodePointLimit(MAX_BYTES + 1).build();
    try {
      Iterator<Event> events = new Parse(settings).parseString(text).iterator();
      return new TreeBuilder(file, events).document();
    } catch (MarkedYamlEngineException e) {
      // Not the message: it quotes the lines around the place, and they may hold a password.
      throw new ConfigProblem.NotYaml(place(file, e.getProblemMark()), e.getProblem()).exception();
    } catch (YamlEngineException e) {
      throw new ConfigProblem.NotYaml(Where.file(file), firstLine(String.valueOf(e.getMessage())))
          .exception();
    }
  }

  static Where place(String file, Optional<Mark> mark) {
    return mark.map(m -> Where.in(file, m.getLine() + 1, m.getColumn() + 1))
        .orElse(Where.file(file));
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("it is not YAML");
  }
}
