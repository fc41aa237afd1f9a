package tranche.tidy.source;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import tranche.tidy.Repository;

/// One parsed source file. Parsing needs no class path, so every file of the repository can be read
/// at once.
///
/// @param path relative to the root, with `/`
/// @param text the whole file
/// @param tree its syntax, not attributed
/// @param positions where the nodes of the tree are in the text
public record JavaSource(
    String path, String text, CompilationUnitTree tree, SourcePositions positions) {

  /// Parses every source file of the repository.
  ///
  /// @throws IOException if a file cannot be read
  public static List<JavaSource> of(Repository repository) throws IOException {
    List<Text> texts = new ArrayList<>();
    for (Path file : repository.filesEndingWith(".java")) {
      texts.add(new Text(file.toString().replace('\\', '/'), repository.text(file)));
    }
    return parse(texts);
  }

  /// Parses one text as if it were the file at `path`.
  public static List<JavaSource> of(String path, String text) {
    return parse(List.of(new Text(path, text)));
  }

  private static List<JavaSource> parse(List<Text> texts) {
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    JavacTask task =
        (JavacTask) compiler.getTask(null, null, _ -> {}, List.of("-proc:none"), null, texts);
    SourcePositions positions = Trees.instance(task).getSourcePositions();
    try {
      List<JavaSource> sources = new ArrayList<>();
      for (CompilationUnitTree tree : task.parse()) {
        JavaFileObject file = tree.getSourceFile();
        String path = file.toUri().getPath().substring(1);
        sources.add(new JavaSource(path, file.getCharContent(true).toString(), tree, positions));
      }
      return List.copyOf(sources);
    } catch (IOException impossible) {
      throw new UncheckedIOException("texts in memory cannot fail to be read", impossible);
    }
  }

  /// Whether the file is test code: below `src/test`, or in a module that is never shipped.
  public boolean isTest() {
    return path.contains("src/test/") || path.startsWith("testkit/");
  }

  /// The name of the package, empty if it has none.
  public String packageName() {
    return tree.getPackageName() == null ? "" : tree.getPackageName().toString();
  }

  /// The simple file name.
  public String fileName() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// How many lines the node covers.
  public long linesOf(Tree node) {
    return lineAt(positions.getEndPosition(tree, node))
        - lineAt(positions.getStartPosition(tree, node))
        + 1;
  }

  /// The line on which the node starts, counted from 1.
  public long lineOf(Tree node) {
    return lineAt(positions.getStartPosition(tree, node));
  }

  private long lineAt(long position) {
    return tree.getLineMap().getLineNumber(position);
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String content;

    Text(String path, String content) {
      super(URI.create("text:///" + path.replace(" ", "%20")), JavaFileObject.Kind.SOURCE);
      this.content = content;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return content;
    }
  }
}
