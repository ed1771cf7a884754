package dev.pitot.cli.run;

import dev.pitot.model.result.Ending;

/// The process's exit codes, which are iperf 3.21's.
public final class ExitCode {
    public static final int SUCCESS = 0;
    public static final int FAILURE = 1;

    private ExitCode() {}

    /// Returns a client's exit code: being stopped by its own user is not a failure.
    static int of(Ending ending) {
        return switch (ending) {
            case Ending.Completed _, Ending.Cancelled _ -> SUCCESS;
            case Ending.PeerTerminated _, Ending.PeerGone _, Ending.Busy _, Ending.Failed _ -> FAILURE;
        };
    }
}
