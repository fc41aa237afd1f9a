package issuetracker.load;

import java.util.Optional;

/// What came of a request.
sealed interface Outcome {
  /// It was answered as it should be, by this release.
  record Ok(Optional<String> release) implements Outcome {}

  /// It was not: an error status, no answer in time, no connection.
  record Failed(String cause, Optional<String> release) implements Outcome {}

  /// It was answered for another tenant than the one that asked.
  record WrongTenant(String cause, Optional<String> release) implements Outcome {}

  /// What `X-Release` said, if there was an answer.
  Optional<String> release();
}
