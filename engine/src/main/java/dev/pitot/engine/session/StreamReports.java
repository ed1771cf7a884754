package dev.pitot.engine.session;

import dev.pitot.engine.stream.OpenStream;
import dev.pitot.engine.stream.Transfer;
import dev.pitot.model.error.IperfError;
import dev.pitot.socket.SocketException;
import java.io.IOException;

/// Passes on to the session what its streams say, on their threads.
public record StreamReports(Inbox inbox, LimitWatch limits) implements Transfer.Observer {
    @Override
    public void onStreamFailed(OpenStream stream, IOException failure) {
        IperfError meaning = stream.info().role().isSender() ? IperfError.STREAM_WRITE : IperfError.STREAM_READ;
        IperfError known = failure instanceof SocketException socket ? socket.error() : null;
        inbox.put(new Event.StreamFailed(known == null ? meaning : known, String.valueOf(failure.getMessage())));
    }

    @Override
    public void onSendersDone() {
        limits.onSendersDone();
    }
}
