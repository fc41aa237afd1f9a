package tranche.gateway.problem;

import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// A refusal or failure of the gateway.
public sealed interface GatewayProblem extends Problem
    permits StartProblem, TableProblem, TrafficProblem, AdminProblem {

  /// Whose turn it is to act, and the HTTP status that says so.
  record Kind(ProblemKind turn, int status) {}

  /// The texts of one problem.
  record Text(String code, Kind of, String what, String why, String fix) {}

  /// All texts at once; the other methods read from here.
  Text text();

  /// HTTP status of the answer that carries this problem.
  default int status() {
    return text().of().status();
  }

  @Override
  default String code() {
    return text().code();
  }

  @Override
  default ProblemKind kind() {
    return text().of().turn();
  }

  @Override
  default String what() {
    return text().what();
  }

  @Override
  default String why() {
    return text().why();
  }

  @Override
  default String fix() {
    return text().fix();
  }
}
