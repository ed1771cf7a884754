package dev.pitot.engine.server;

import dev.pitot.engine.session.Event;
import dev.pitot.model.error.IperfError;
import dev.pitot.wire.control.TestState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The client has been asked to open its data connections.
///
/// @param missing number of connections that have not arrived yet, at least 1
/// @param longest maximum length of the test after that; null where the client decides
record AwaitingStreams(int missing, @Nullable Duration longest) implements ServerState {
    /// Clients open their streams at once: one that takes longer has lost a datagram or two, or is gone.
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    /// Clients open one stream after the other, each of which takes a round trip or two.
    private static final Duration STREAM_TIMEOUT = Duration.ofMillis(500);

    /// A SYN may be lost twice; it is retransmitted after 1 and 2 more seconds (RFC 6298, 2).
    static final Duration EVICTION_TIMEOUT = Duration.ofMillis(3_500);

    @Override
    public Duration timeout() {
        return TIMEOUT.plus(STREAM_TIMEOUT.multipliedBy(missing));
    }

    @Override
    public Duration evictionTimeout() {
        return EVICTION_TIMEOUT;
    }

    @Override
    public Step on(Event event) {
        if (event instanceof Event.StreamArrived(var accepted)) {
            return missing > 1
                    ? Step.to(new AwaitingStreams(missing - 1, longest), new ServerAction.KeepStream(accepted))
                    : Step.to(
                            new Running(longest),
                            new ServerAction.KeepStream(accepted),
                            new ServerAction.PrepareStreams(),
                            new ServerAction.SendState(TestState.TEST_START),
                            new ServerAction.SendState(TestState.TEST_RUNNING),
                            new ServerAction.StartStreams());
        }
        return ServerState.otherwise(this, event, IperfError.STREAM_ACCEPT);
    }
}
