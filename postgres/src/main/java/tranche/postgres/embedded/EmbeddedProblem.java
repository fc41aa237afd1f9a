package tranche.postgres.embedded;

import java.nio.file.Path;
import java.time.Duration;
import tranche.core.problem.Problem;
import tranche.core.problem.ProblemKind;

/// What can keep an embedded server from running or stopping.
public sealed interface EmbeddedProblem extends Problem {
  /// Nearly all of these lie in the machine around Tranche; the others say so themselves.
  @Override
  default ProblemKind kind() {
    return ProblemKind.ENVIRONMENT;
  }

  /// No PostgreSQL for this platform is on the class path.
  record BinariesMissing(String system, String architecture) implements EmbeddedProblem {
    @Override
    public String code() {
      return "embedded-binaries-missing";
    }

    @Override
    public String what() {
      return "No embedded PostgreSQL for " + system + " on " + architecture + ".";
    }

    @Override
    public String why() {
      return "Tranche ships PostgreSQL for Linux on amd64 and aarch64 only.";
    }

    @Override
    public String fix() {
      return "Configure `store` with an existing PostgreSQL 18, or run Tranche on Linux.";
    }
  }

  /// The shipped archive contains something that is not unpacked.
  record ArchiveRefused(String entry, String reason) implements EmbeddedProblem {
    @Override
    public String code() {
      return "embedded-archive-refused";
    }

    @Override
    public String what() {
      return "The PostgreSQL archive was refused at entry '" + entry + "': " + reason + ".";
    }

    @Override
    public String why() {
      return "The archive was changed or damaged; unpacking it could write outside its folder.";
    }

    @Override
    public String fix() {
      return "Install Tranche again from a release whose checksum you have compared.";
    }
  }

  /// The folder cannot be created, read or written.
  record FolderUnusable(Path path, String reason) implements EmbeddedProblem {
    @Override
    public String code() {
      return "embedded-folder-unusable";
    }

    @Override
    public String what() {
      return "The folder " + path + " cannot be used for the embedded store: " + reason + ".";
    }

    @Override
    public String why() {
      return "The store keeps its programs, data and password there and has to write to it.";
    }

    @Override
    public String fix() {
      return "Make the folder writable for the user that runs Tranche, or choose another one.";
    }
  }

  /// Another start on the same folder holds the lock for too long.
  record FolderBusy(Path lock, Duration limit) implements EmbeddedProblem {
    @Override
    public String code() {
      return "embedded-folder-busy";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.CONFLICT;
    }

    @Override
    public String what() {
      return "Another start held " + lock + " for more than " + limit.toSeconds() + " s.";
    }

    @Override
    public String why() {
      return "Only one process may unpack, initialise or start a store in a folder at a time.";
    }

    @Override
    public String fix() {
      return "Wait for the other start to end, or end that process, then start again.";
    }
  }

  /// There is not enough room.
  record DiskFull(Path path, long freeMegabytes, long neededMegabytes) implements EmbeddedProblem {
    @Override
    public String code() {
      return "embedded-disk-full";
    }

    @Override
    public String what() {
      return "The disk of " + path + " is full: " + freeMegabytes + " MB are free.";
    }

    @Override
    public String why() {
      return "The embedded store needs at least " + neededMegabytes + " MB to start.";
    }

    @Override
    public String fix() {
      return "Free " + neededMegabytes + " MB on that disk, or choose a folder on another one.";
    }
  }

  /// Creating the cluster failed.
  record InitFailed(String reason, String output) implements EmbeddedProblem {
    @Override
    public String code() {
      return "embedded-init-failed";
    }

    @Override
    public String what() {
      return "initdb " + reason + "." + EmbeddedProblem.quoted(output);
    }

    @Override
    public String why() {
      return "The store's data folder could not be created; nothing was left behind.";
    }

    @Override
    public String fix() {
      return "Correct what the output names, then start again.";
    }
  }

  /// The server ended instead of coming up.
  record StartFailed(String reason, String output) implements EmbeddedProblem {
    @Override
    public String code() {
      return "embedded-start-failed";
    }

    @Override
    public String what() {
      return "The embedded PostgreSQL " + reason + "." + EmbeddedProblem.quoted(output);
    }

    @Override
    public String why() {
      return "PostgreSQL refused to run with this data folder, these parameters or this machine.";
    }

    @Override
    public String fix() {
      return "Correct what the output names, then start again; the data was not touched.";
    }
  }

  /// The server did not answer in time.
  record StartTooSlow(Duration limit, String output) implements EmbeddedProblem {
    @Override
    public String code() {
      return "embedded-start-too-slow";
    }

    @Override
    public String what() {
      return "The embedded PostgreSQL did not answer within "
          + limit.toMillis()
          + " ms and was stopped."
          + EmbeddedProblem.quoted(output);
    }

    @Override
    public String why() {
      return "The machine is overloaded, or a recovery after a crash takes longer than the limit.";
    }

    @Override
    public String fix() {
      return "Read the output; if it shows recovery or a slow disk, raise the start limit.";
    }
  }

  /// The server runs on although it was told to stop.
  record StopFailed(long pid, Duration waited) implements EmbeddedProblem {
    @Override
    public String code() {
      return "embedded-stop-failed";
    }

    @Override
    public String what() {
      return "The embedded PostgreSQL (process "
          + pid
          + ") still runs "
          + waited.toSeconds()
          + " s after it was told to stop.";
    }

    @Override
    public String why() {
      return "The process does not react, usually because its disk does not.";
    }

    @Override
    public String fix() {
      return "Check the disk and the kernel log, then end process " + pid + " yourself.";
    }
  }

  /// The kept password is missing or not the one of the data.
  record PasswordRefused(Path file, String reason) implements EmbeddedProblem {
    @Override
    public String code() {
      return "embedded-password-refused";
    }

    @Override
    public String what() {
      return "The store cannot be opened with the password in " + file + ": " + reason + ".";
    }

    @Override
    public String why() {
      return "The password file and the data folder next to it belong together.";
    }

    @Override
    public String fix() {
      return "Put the original file back, or set a new password as the page of this problem shows.";
    }
  }

  /// The data belongs to another major version.
  record OtherMajorVersion(Path data, String found, String needed) implements EmbeddedProblem {
    @Override
    public String code() {
      return "embedded-other-major-version";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.CONFLICT;
    }

    @Override
    public String what() {
      return "The data in " + data + " was written by PostgreSQL " + found + ".";
    }

    @Override
    public String why() {
      return "This Tranche brings PostgreSQL " + needed + ", which reads only its own format.";
    }

    @Override
    public String fix() {
      return "Run the Tranche release that created the data, or start with an empty folder.";
    }
  }

  /// Tranche runs as root and found no way to run PostgreSQL without those rights.
  record NoAccount(String tried) implements EmbeddedProblem {
    @Override
    public String code() {
      return "embedded-no-account";
    }

    @Override
    public String what() {
      return "PostgreSQL cannot be started from root here. Tried: " + tried + ".";
    }

    @Override
    public String why() {
      return "PostgreSQL refuses to run as root.";
    }

    @Override
    public String fix() {
      return "Run Tranche as an ordinary user, or install util-linux (unshare, setpriv, setsid).";
    }
  }

  /// A program of the operating system that the launcher needs is not installed.
  record ToolMissing(String tool) implements EmbeddedProblem {
    @Override
    public String code() {
      return "embedded-tool-missing";
    }

    @Override
    public String what() {
      return "The program '" + tool + "' was not found on the PATH.";
    }

    @Override
    public String why() {
      return "The embedded store needs it to run apart from the terminal and outlive Tranche.";
    }

    @Override
    public String fix() {
      return "Install util-linux, which contains '" + tool + "', then start again.";
    }
  }

  /// The account PostgreSQL would run as cannot get to the folder.
  record FolderOutOfReach(Path folder, Path parent, String account) implements EmbeddedProblem {
    @Override
    public String code() {
      return "embedded-folder-out-of-reach";
    }

    @Override
    public String what() {
      return "PostgreSQL runs as " + account + ", which cannot pass " + parent + ".";
    }

    @Override
    public String why() {
      return "The store is in " + folder + ", and PostgreSQL gives up the rights of root.";
    }

    @Override
    public String fix() {
      return "Run `chmod o+x " + parent + "`, or choose a folder that every account can reach.";
    }
  }

  /// A parameter is unknown in form or not the user's to set.
  record ParameterRefused(String name, String reason) implements EmbeddedProblem {
    @Override
    public String code() {
      return "embedded-parameter-refused";
    }

    @Override
    public ProblemKind kind() {
      return ProblemKind.BAD_REQUEST;
    }

    @Override
    public String what() {
      return "The PostgreSQL parameter '" + name + "' was refused.";
    }

    @Override
    public String why() {
      return "It " + reason + ".";
    }

    @Override
    public String fix() {
      return "Remove '" + name + "' from the parameters of the embedded store.";
    }
  }

  private static String quoted(String output) {
    return output.isEmpty() ? "" : " It said: \"" + output + "\".";
  }
}
