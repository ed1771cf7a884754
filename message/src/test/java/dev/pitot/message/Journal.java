package dev.pitot.message;

import dev.pitot.message.channel.CloseReason;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Writes down what endpoints tell.
final class Journal implements MessageClientListener, MessageServerListener {
    final List<String> lines = new CopyOnWriteArrayList<>();

    static String text(ReceivedMessage message) {
        var text = new StringBuilder();
        var payload = message.payload();
        while (payload.hasRemaining()) {
            text.append((char) payload.get());
        }
        return text.toString();
    }

    @Override
    public void accepted() {
        lines.add("accepted");
    }

    @Override
    public void rejected(CloseReason reason) {
        lines.add("rejected " + reason.cause() + " " + reason.text());
    }

    @Override
    public void message(ReceivedMessage message) {
        lines.add(text(message));
    }

    @Override
    public void error(String sentence, @Nullable Throwable cause) {
        lines.add("error " + sentence);
    }

    @Override
    public void disconnected(CloseReason reason) {
        lines.add("disconnected " + reason.cause() + " " + reason.text());
    }

    @Override
    public void accepted(Peer peer) {
        lines.add("accepted " + peer.address().getPort());
    }

    @Override
    public void message(Peer peer, ReceivedMessage message) {
        lines.add(peer.address().getPort() + " " + text(message));
    }

    @Override
    public void error(@Nullable Peer peer, String sentence, @Nullable Throwable cause) {
        lines.add("error " + sentence);
    }

    @Override
    public void disconnected(Peer peer, CloseReason reason) {
        lines.add("disconnected " + peer.address().getPort() + " " + reason.cause() + " " + reason.text());
    }
}
