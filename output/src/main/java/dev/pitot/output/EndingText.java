package dev.pitot.output;

import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.TestRole;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Messages for the ending of a test, identical to iperf 3.21's (iperf_error.c: iperf_errexit,
/// iperf_strerror).
public final class EndingText {
    private static final String PREFIX = "iperf3: ";
    private static final String ERROR = "error - ";
    private static final Pattern SIGNAL = Pattern.compile(".+\\(\\d+\\)"); // strsignal and number: Interrupt(2)

    private EndingText() {}

    /// Returns the lines for standard error, each with the prefix `iperf3: `; empty if the test was
    /// completed.
    public static List<String> lines(TestRole role, Ending ending) {
        return switch (ending) {
            case Ending.Completed _ -> List.of();
            case Ending.Cancelled(@Nullable String reason) -> List.of(PREFIX + interrupted(role, reason));
            case Ending.PeerTerminated _ -> List.of(PREFIX + clientError(role) + peerTerminated(role));
            case Ending.PeerGone _ -> List.of(PREFIX + clientError(role) + peerGone(role));
            case Ending.Busy _ -> List.of(PREFIX + ERROR + IperfError.BUSY.text());
            case Ending.Failed failed -> failureLines(role, failed);
        };
    }

    /// Returns the text of the JSON key `error`, or null if the test was completed. As in iperf, a
    /// server's failure has the prefix `error - ` and a client's does not.
    public static @Nullable String json(TestRole role, Ending ending) {
        return switch (ending) {
            case Ending.Completed _ -> null;
            case Ending.Cancelled(@Nullable String reason) -> interrupted(role, reason);
            case Ending.PeerTerminated _ -> peerTerminated(role);
            case Ending.PeerGone _ -> peerGone(role);
            case Ending.Busy _ -> IperfError.BUSY.text();
            case Ending.Failed failed ->
                role == TestRole.SERVER
                        ? ERROR + serverFailure(failed)
                        : failed.error().text(failed.reason());
        };
    }

    private static List<String> failureLines(TestRole role, Ending.Failed failed) {
        if (role == TestRole.SERVER) {
            return List.of(PREFIX + ERROR + serverFailure(failed));
        }
        String text = failed.error().text(failed.reason());
        String own = PREFIX + ERROR + text;
        if (!failed.byPeer()) {
            return List.of(own);
        }
        String number = failed.reason().isEmpty() ? "" : ", errno: " + failed.reason();
        return List.of(PREFIX + "SERVER ERROR - " + text + number, own);
    }

    // A server whose test timer expires has a separate message (iperf_server_api.c:
    // server_timer_proc).
    private static String serverFailure(Ending.Failed failed) {
        return failed.error() == IperfError.SERVER_EXPIRED
                ? "server test duration expired - test is terminated by the server"
                : failed.error().text(failed.reason());
    }

    private static String clientError(TestRole role) {
        return role == TestRole.CLIENT ? ERROR : "";
    }

    private static String interrupted(TestRole role, @Nullable String reason) {
        String text = "interrupt - "
                + (role == TestRole.CLIENT ? IperfError.CLIENT_TERMINATED : IperfError.SERVER_TERMINATED).text();
        if (reason == null) {
            return text;
        }
        return text + (SIGNAL.matcher(reason).matches() ? " by signal " : ": ") + reason;
    }

    private static String peerTerminated(TestRole role) {
        return (role == TestRole.CLIENT ? IperfError.SERVER_TERMINATED : IperfError.CLIENT_TERMINATED).text();
    }

    private static String peerGone(TestRole role) {
        return switch (role) {
            case CLIENT -> IperfError.CONTROL_CLOSED.text();
            case SERVER -> "the client has unexpectedly closed the connection";
        };
    }
}
