package tranche.config.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemException;

/// Collects what is wrong with a folder and what is left out of it. Not thread-safe.
final class FolderFindings {
  private final String folder;
  private final List<Problem> problems = new ArrayList<>();
  private final List<FolderNote> notes = new ArrayList<>();

  FolderFindings(String folder) {
    this.folder = folder;
  }

  void add(Problem problem) {
    problems.add(problem);
  }

  void note(FolderNote.Kind kind, String name, String why) {
    notes.add(new FolderNote(kind, name, why));
  }

  /// Reads something; the problem that it throws is kept.
  <T> Optional<T> attempt(Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (ProblemException e) {
      problems.add(e.problem());
      return Optional.empty();
    }
  }

  /// @throws ProblemException the only problem found, or all of them
  void throwIfAny() {
    if (problems.size() == 1) {
      throw problems.getFirst().exception();
    }
    if (!problems.isEmpty()) {
      throw new MigrationFolderProblem.SeveralFindings(folder, problems).exception();
    }
  }

  List<FolderNote> notes() {
    return notes.stream().sorted(java.util.Comparator.comparing(FolderNote::name)).toList();
  }
}
