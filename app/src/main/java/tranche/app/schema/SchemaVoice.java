package tranche.app.schema;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tranche.app.cli.Appearance;
import tranche.app.cli.Surroundings;
import tranche.app.cli.Voice;
import tranche.app.cli.render.Look;

/// The options of schema commands that say how they speak.
final class SchemaVoice implements Voice {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES}. Default: table.")
  private SchemaFormat format = SchemaFormat.TABLE;

  @Mixin private Appearance appearance = new Appearance();

  SchemaFormat format() {
    return format;
  }

  boolean isQuiet() {
    return appearance.isQuiet();
  }

  Look look(Surroundings surroundings) {
    return fitted(appearance.look(surroundings));
  }

  @Override
  public boolean isJson() {
    return format == SchemaFormat.JSON;
  }

  @Override
  public Look errorLook(Surroundings surroundings) {
    return fitted(appearance.errorLook(surroundings));
  }

  private Look fitted(Look look) {
    return format == SchemaFormat.WIDE ? look.fitting(Look.UNLIMITED) : look;
  }
}
