package tranche.engine.fanout;

import java.util.regex.Pattern;

/// Identifies one run of a `schema` command in histories and logs: `s-` and 26 characters that sort
/// by time.
public record RunId(String value) {
  private static final Pattern FORM = Pattern.compile("s-[0-9a-z]{8,40}");

  public RunId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("run id '" + value + "'");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
