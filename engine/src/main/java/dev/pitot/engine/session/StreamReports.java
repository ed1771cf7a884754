package dev.pitot.engine.session;

import dev.pitot.engine.stream.OpenStream;
import dev.pitot.engine.stream.Transfer;
import dev.pitot.model.error.IperfError;
import java.io.IOException;

/// Passes on to the session what its streams say, on their threads.
public record StreamReports(Inbox inbox, LimitWatch limits) implements Transfer.Observer {
    @Override
    public void onStreamFailed(OpenStream stream, IOException failure) {
        IperfError error = stream.info().role().isSender() ? IperfError.STREAM_WRITE : IperfError.STREAM_READ;
        inbox.put(new Event.StreamFailed(error, String.valueOf(failure.getMessage())));
    }

    @Override
    public void onSendersDone() {
        limits.onPartDone();
    }
}
