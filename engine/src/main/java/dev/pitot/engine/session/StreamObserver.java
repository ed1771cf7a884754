package dev.pitot.engine.session;

import dev.pitot.engine.stream.DiskFileException;
import dev.pitot.engine.stream.OpenStream;
import dev.pitot.engine.stream.StreamThreads;
import dev.pitot.model.error.IperfError;
import dev.pitot.socket.SocketException;
import java.io.IOException;

/// Forwards the notifications of stream threads to the session.
public record StreamObserver(EventQueue eventQueue, TransferLimit limits) implements StreamThreads.Observer {
    @Override
    public void onStreamFailed(OpenStream stream, Throwable failure) {
        String reason = failure instanceof IOException ? String.valueOf(failure.getMessage()) : String.valueOf(failure);
        eventQueue.put(new Event.StreamFailed(error(stream, failure), reason, failure));
    }

    private static IperfError error(OpenStream stream, Throwable failure) {
        IperfError meaning = stream.info().role().isSender() ? IperfError.STREAM_WRITE : IperfError.STREAM_READ;
        return switch (failure) {
            case DiskFileException _ -> IperfError.FILE;
            case SocketException socket when socket.error() != null -> socket.error();
            default -> meaning;
        };
    }

    @Override
    public void onSendersDone() {
        limits.onSendersDone();
    }
}
