package dev.pitot.message.dtls.link;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.LinkListener;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a link told.
final class DtlsRecorder implements LinkListener {
    final List<String> messages = new ArrayList<>();
    int opened;
    int ends;

    @Nullable CloseReason reason;

    @Override
    public void opened() {
        opened++;
    }

    @Override
    public void message(ByteBuffer payload, Channel channel) {
        messages.add(StandardCharsets.UTF_8.decode(payload).toString());
    }

    @Override
    public void closed(CloseReason why) {
        ends++;
        reason = why;
    }

    CloseReason end() {
        CloseReason reported = reason;
        if (reported == null) {
            throw new AssertionError("not closed");
        }
        return reported;
    }
}
