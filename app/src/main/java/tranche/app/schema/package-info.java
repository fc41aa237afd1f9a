/// `tranche schema`: looks at very many stores and changes them, in this process, without a control
/// plane.
///
/// Read [tranche.app.schema.SchemaCommand] first, then one command. Deliberately not here: how
/// stores are found (`target`), how text looks (`tranche.app.cli.render`), what stores need
/// (`tranche.core.fanout`), how a run over them goes (`tranche.engine.fanout`).
@NullMarked
package tranche.app.schema;

import org.jspecify.annotations.NullMarked;
