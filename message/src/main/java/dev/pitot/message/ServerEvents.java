package dev.pitot.message;

import dev.pitot.message.channel.CloseReason;
import dev.pitot.model.text.ErrorText;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Reports what happens to a server's listener, on its executor if it has one. The decision whether a client may come
/// in is an exception, because the client waits for it. The server's thread only, but for [#error], which the
/// listener's may call.
final class ServerEvents extends SafeListener {
    private final MessageServerListener listener;
    private boolean isWritableWithheld;

    /// The parameters are those of [SafeListener].
    ServerEvents(
            MessageServerListener listener,
            MessageTypes types,
            @Nullable Executor executor,
            EndpointOptions.Queue bounds,
            Runnable wakeup) {
        super(types, executor, bounds, wakeup);
        this.listener = listener;
    }

    @Override
    void onMessage(PeerConnection from, ReceivedMessage message) {
        listener.message(Objects.requireNonNull(from.peer(), "a server's connection has a peer"), message);
    }

    @Override
    void onError(@Nullable Peer peer, String sentence, Throwable cause) {
        listener.error(peer, sentence, cause);
    }

    /// Asks whether a client may come in, on this thread.
    Admission connecting(Peer peer) {
        try {
            return Objects.requireNonNull(listener.connecting(peer), "the answer is null");
        } catch (Throwable e) { // a user's, so it may be anything, undeclared too; the server must go on
            run(peer, "error", () -> failed(peer, "connecting", e));
            return Admission.reject("the server could not decide");
        }
    }

    void accepted(Peer peer) {
        run(peer, "accepted", () -> listener.accepted(peer));
    }

    /// Whether it may be reported that a peer can be sent to again: not while it is behind, or one that is
    /// slow for ever would have ever more of that.
    boolean mayReportWritable() {
        boolean hasRoom = hasRoom();
        isWritableWithheld |= !hasRoom;
        return hasRoom;
    }

    /// Whether the listener, from which that was withheld, has room now. Asked each turn, and true once.
    boolean hasRoomAgain() {
        boolean hasRoom = isWritableWithheld && hasRoom();
        isWritableWithheld &= !hasRoom;
        return hasRoom;
    }

    void writable(Peer peer) {
        run(peer, "writable", () -> listener.writable(peer));
    }

    /// @param text a sentence, perhaps without its period
    void error(@Nullable Peer peer, String text, @Nullable Throwable cause) {
        run(peer, "error", () -> listener.error(peer, ErrorText.sentence(text), cause));
    }

    void disconnected(Peer peer, CloseReason reason) {
        run(peer, "disconnected", () -> listener.disconnected(peer, reason));
    }
}
