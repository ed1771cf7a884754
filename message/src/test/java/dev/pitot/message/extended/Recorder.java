package dev.pitot.message.extended;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.LinkListener;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Takes down what a link tells.
final class Recorder implements LinkListener {
    final List<byte[]> messages = new ArrayList<>();
    int opened;
    int closings;

    @Nullable CloseReason closed;

    /// What to do with a message instead of keeping it.
    @Nullable BiConsumer<ByteBuffer, Channel> onMessage;

    @Override
    public void opened() {
        opened++;
    }

    @Override
    public void message(ByteBuffer payload, Channel channel) {
        if (onMessage != null) {
            onMessage.accept(payload, channel);
            return;
        }
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        messages.add(bytes);
    }

    @Override
    public void closed(CloseReason reason) {
        closings++;
        closed = reason;
    }

    CloseReason.@Nullable Cause cause() {
        return closed == null ? null : closed.cause();
    }
}
