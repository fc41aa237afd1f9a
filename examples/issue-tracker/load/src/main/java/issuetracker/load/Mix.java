package issuetracker.load;

/// What the load consists of, in percent.
///
/// @param create creating an issue
/// @param list listing the newest issues
/// @param change changing an issue that was created before
record Mix(int create, int list, int change) {
  Mix {
    if (create + list + change != 100) {
      throw new UsageException("--mix does not add up to 100");
    }
  }
}
