package dev.pitot.engine.server;

import dev.pitot.engine.session.Event;
import dev.pitot.model.error.IperfError;
import dev.pitot.model.result.Ending;
import dev.pitot.wire.control.TestState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Data flows until the client ends the test.
///
/// @param longest maximum length of the test; null where the client decides
record Running(@Nullable Duration longest) implements ServerState {
    @Override
    public Step on(Event event) {
        if (event.isState(TestState.TEST_END)) {
            return Step.to(new AwaitingReceiveDrain(), new ServerAction.AwaitRemainder());
        }
        if (event instanceof Event.StreamFailed(var error, var reason, var cause)) {
            return Step.to(new AwaitingFailureCause(new Ending.Failed(error, reason, false), cause));
        }
        return ServerState.otherwise(this, event, IperfError.SERVER_EXPIRED);
    }

    @Override
    public @Nullable Duration timeout() {
        return longest;
    }

    @Override
    public @Nullable Duration evictionTimeout() {
        return null;
    }
}
