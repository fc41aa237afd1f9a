/// YAML as data with places: no tags, no aliases, bounded in size and depth, each value knows its
/// line.
///
/// Read [tranche.config.yaml.YamlFile] first, then [tranche.config.yaml.YamlMap]. Scalars keep the
/// text of the file, so that an unquoted `2026.10` stays what it says. Deliberately not here: what
/// any key means.
@NullMarked
package tranche.config.yaml;

import org.jspecify.annotations.NullMarked;
