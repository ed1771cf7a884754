package dev.pitot.output.json;

import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.TestRole;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// How a test ended, read back from iperf's key `error`.
final class RecordedEnding {
    private static final String BY_SIGNAL = " by signal ";

    private RecordedEnding() {}

    static Ending of(@Nullable String error, TestRole role) {
        if (error == null) {
            return new Ending.Completed();
        }
        if (error.startsWith("interrupt - ")) {
            return new Ending.Cancelled(error.substring(error.indexOf(BY_SIGNAL) + BY_SIGNAL.length()));
        }
        return switch (error) {
            case "the server has terminated", "the client has terminated" -> new Ending.PeerTerminated();
            case "the client has unexpectedly closed the connection", "control socket has closed unexpectedly" ->
                new Ending.PeerGone();
            case "the server is busy running a test. try again later" -> new Ending.Busy();
            default -> failed(error.replaceFirst("^error - ", ""), role == TestRole.CLIENT);
        };
    }

    private static Ending failed(String text, boolean byPeer) {
        IperfError error = Arrays.stream(IperfError.values())
                .filter(each -> text.startsWith(each.text()))
                .max(Comparator.comparingInt(each -> each.text().length()))
                .orElseThrow();
        return new Ending.Failed(error, text.substring(error.text().length()), byPeer);
    }
}
