package dev.pitot.lab.plan;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something done around tests. Its last word becomes part of the names of files, such as
/// `angle_090`.
public sealed interface Hook {
    /// Of what one run of a hook writes, no more is in its log.
    int MAX_LOGGED_BYTES = 1024 * 1024;

    /// When it is done.
    Moment moment();

    /// After which it is ended and has failed; of a pause its length.
    Duration timeout();

    /// A command.
    ///
    /// @param node where; null for this machine
    /// @param command the program and its arguments
    /// @param timeout after which it is ended and has failed
    record Command(Moment moment, @Nullable String node, List<String> command, Duration timeout) implements Hook {
        public Command {
            command = List.copyOf(command);
        }
    }

    /// A call by HTTP; any answer but 2xx is a failure.
    ///
    /// @param body null for none
    record Http(
            Moment moment,
            String method,
            URI address,
            Map<String, String> headers,
            @Nullable String body,
            Duration timeout)
            implements Hook {
        public Http {
            headers = Map.copyOf(headers);
        }
    }

    /// Nothing, for a while.
    record Pause(Moment moment, Duration length) implements Hook {
        @Override
        public Duration timeout() {
            return length;
        }
    }

    /// Waits until a node reaches a target: as many answers in a row as the threshold, and
    /// reports how long it took.
    ///
    /// @param node which pings; null for the node of the test
    /// @param target null for the other end of the test
    /// @param threshold answers in a row, 1 or more; apetools: 5
    /// @param timeout apetools: 300 s
    record PingGate(
            Moment moment, @Nullable String node, @Nullable String target, int threshold, Duration timeout)
            implements Hook {}

    /// When a hook is done.
    enum Moment {
        /// Once, before the first test.
        SESSION_START,
        /// Before every test.
        BEFORE_TEST,
        /// Before every test's client, when the server is ready.
        BEFORE_CLIENT,
        /// After every test, however it ended.
        AFTER_TEST,
        /// Once, after the last test, however the session ended.
        SESSION_END;

        /// Whether such hooks are done even if the session was stopped.
        public boolean isEnd() {
            return this == AFTER_TEST || this == SESSION_END;
        }
    }
}
