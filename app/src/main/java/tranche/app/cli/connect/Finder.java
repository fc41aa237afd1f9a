package tranche.app.cli.connect;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tranche.api.Wire;
import tranche.core.secret.Secret;

/// Finds the control plane: what was said wins; else the data folder that `tranche.yaml` names,
/// else `.tranche`, else `.tranche/demo`, below the current folder.
///
/// A data folder belongs to a control plane that was started if it holds `control.json` with the
/// address; the token is in `token` beside it.
public final class Finder {
  private static final String CONTROL = "control.json";
  private static final String TOKEN = "token";
  private static final int LARGEST = 4 * 1024 * 1024;
  private static final Pattern DATA =
      Pattern.compile(
          "(?m)^data:[ \\t]*(?:\"([^\"\\n]+)\"|'([^'\\n]+)'|([^#\\s][^#\\n]*?))[ \\t]*(?:#.*)?$");

  private final Path folder;

  /// Looks from that folder.
  public Finder(Path folder) {
    this.folder = folder;
  }

  /// What a control plane writes about itself.
  record ControlFile(String url) {}

  /// The control plane to ask.
  ///
  /// @throws tranche.core.problem.ProblemException a [ConnectProblem]
  public Endpoint find(Hints hints) {
    return hints
        .server()
        .map(server -> named(server, hints.tokenFile()))
        .orElseGet(() -> inFolder(hints));
  }

  private Endpoint named(String server, Optional<String> tokenFile) {
    Path file =
        tokenFile
            .map(folder::resolve)
            .orElseThrow(() -> new ConnectProblem.TokenFileNotNamed(shown(server)).exception());
    return new Endpoint(address(server), token(file));
  }

  /// Without what may be a password in it.
  private static String shown(String server) {
    return server.replaceAll("//[^/@]*@", "//…@");
  }

  private Endpoint inFolder(Hints hints) {
    List<Path> looked = new ArrayList<>();
    for (Path data : candidates(hints)) {
      Path control = data.resolve(CONTROL);
      looked.add(control);
      if (Files.exists(control)) {
        Path token = hints.tokenFile().map(folder::resolve).orElse(data.resolve(TOKEN));
        return new Endpoint(address(url(control)), token(token));
      }
    }
    throw new ConnectProblem.NoControlPlane(looked.stream().map(this::asSeenFromHere).toList())
        .exception();
  }

  private Path asSeenFromHere(Path file) {
    return file.startsWith(folder) ? folder.relativize(file) : file;
  }

  private List<Path> candidates(Hints hints) {
    if (hints.data().isPresent()) {
      return List.of(folder.resolve(hints.data().get()).normalize());
    }
    Path ordinary = folder.resolve(".tranche");
    return List.of(configured().orElse(ordinary), ordinary.resolve("demo"));
  }

  /// Reads the one key that is needed; whether the file is right is for `tranche up` to say.
  private Optional<Path> configured() {
    Path config = folder.resolve("tranche.yaml");
    if (!Files.exists(config)) {
      return Optional.empty();
    }
    var found = DATA.matcher(text(config));
    if (!found.find()) {
      return Optional.empty();
    }
    String value =
        Optional.ofNullable(found.group(1))
            .or(() -> Optional.ofNullable(found.group(2)))
            .orElseGet(() -> found.group(3));
    return Optional.of(folder.resolve(value).normalize());
  }

  private static String url(Path control) {
    try {
      return Wire.tolerant().readValue(text(control), ControlFile.class).url();
    } catch (JacksonException e) {
      throw new ConnectProblem.FileNotUsable(control, "does not hold {\"url\": ...}").exception();
    }
  }

  private static URI address(String text) {
    try {
      URI uri = new URI(text);
      boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (isHttp && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
        return uri;
      }
    } catch (URISyntaxException _) {
      // Said below, together with everything else that is no such address.
    }
    throw new ConnectProblem.AddressNotUnderstood(shown(text)).exception();
  }

  private static Secret token(Path file) {
    String token = text(file).strip();
    if (!token.matches("[\\x21-\\x7e]{1,4096}")) {
      throw new ConnectProblem.FileNotUsable(file, "does not hold a token").exception();
    }
    return Secret.of(token);
  }

  private static String text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new ConnectProblem.FileNotUsable(file, "is larger than 4 MiB").exception();
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (NoSuchFileException _) {
      throw new ConnectProblem.FileNotUsable(file, "does not exist").exception();
    } catch (IOException e) {
      String cause = "cannot be read: " + e.getClass().getSimpleName();
      throw new ConnectProblem.FileNotUsable(file, cause).exception();
    }
  }
}
