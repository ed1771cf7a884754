package dev.pitot.message;

import dev.pitot.message.channel.CloseReason;
import dev.pitot.model.text.ErrorText;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Reports what happens to a client's listener, on its executor if it has one. The client's thread only, but for
/// [#error], which the listener's may call.
final class ClientEvents extends SafeListener {
    private final MessageClientListener listener;

    /// The parameters are those of [SafeListener].
    ClientEvents(
            MessageClientListener listener,
            MessageTypes types,
            @Nullable Executor executor,
            EndpointOptions.Queue bounds,
            Runnable wakeup) {
        super(types, executor, bounds, wakeup);
        this.listener = listener;
    }

    @Override
    void onMessage(PeerConnection from, ReceivedMessage message) {
        listener.message(message);
    }

    @Override
    void onError(@Nullable Peer peer, String sentence, Throwable cause) {
        listener.error(sentence, cause);
    }

    void accepted() {
        run(null, "accepted", listener::accepted);
    }

    void rejected(CloseReason reason) {
        run(null, "rejected", () -> listener.rejected(reason));
    }

    void writable() {
        run(null, "writable", listener::writable);
    }

    /// @param text a sentence, perhaps without its period
    void error(String text, @Nullable Throwable cause) {
        run(null, "error", () -> listener.error(ErrorText.sentence(text), cause));
    }

    void migrated() {
        run(null, "migrated", listener::migrated);
    }

    void disconnected(CloseReason reason) {
        run(null, "disconnected", () -> listener.disconnected(reason));
    }
}
