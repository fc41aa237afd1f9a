package tranche.engine.rollout;

import tranche.core.judge.Judge;
import tranche.engine.delivery.DesiredArms;
import tranche.engine.delivery.Platform;
import tranche.engine.delivery.Router;
import tranche.engine.schema.SchemaDriver;
import tranche.engine.verify.Verifier;

/// What steps act on: every port that has an effect outside the journal.
public record World(
    SchemaDriver schema,
    Platform platform,
    Router router,
    DesiredArms arms,
    Verifier verifier,
    Judge judge) {}
