package dev.pitot.output;

import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import dev.pitot.model.result.TestRole;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// Parses the ending of a test from iperf's messages.
@NullMarked
public final class RecordedEnding {
    private static final String BY_SIGNAL = " by signal ";

    private RecordedEnding() {}

    /// Parses the value of the JSON key `error`.
    ///
    /// @param byPeer true if the other end reported it
    public static Ending of(@Nullable String error, boolean byPeer) {
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
            default -> failed(error.replaceFirst("^error - ", ""), byPeer);
        };
    }

    /// Parses the lines of standard error.
    public static Ending of(List<String> errors, TestRole role) {
        if (errors.isEmpty()) {
            return new Ending.Completed();
        }
        String last = errors.getLast().replaceFirst("^iperf3: ", "");
        String text = role == TestRole.CLIENT ? last.replaceFirst("^error - ", "") : last;
        return of(text, errors.getFirst().contains("SERVER ERROR"));
    }

    private static Ending failed(String text, boolean byPeer) {
        IperfError error = Arrays.stream(IperfError.values())
                .filter(each -> text.startsWith(each.text()))
                .max(Comparator.comparingInt(each -> each.text().length()))
                .orElseThrow();
        return new Ending.Failed(error, text.substring(error.text().length()), byPeer);
    }
}
