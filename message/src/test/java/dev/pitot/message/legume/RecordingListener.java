package dev.pitot.message.legume;

import dev.pitot.message.channel.Channel;
import dev.pitot.message.channel.CloseReason;
import dev.pitot.message.link.LinkListener;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Remembers what a link told.
final class RecordingListener implements LinkListener {
    final List<byte[]> messages = new ArrayList<>();
    final List<Channel> channels = new ArrayList<>();
    final List<CloseReason> closed = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    final List<String> order = new ArrayList<>();
    int opened;

    @Override
    public void opened() {
        opened++;
        order.add("opened");
    }

    @Override
    public void message(ByteBuffer payload, Channel channel) {
        byte[] copy = new byte[payload.remaining()];
        payload.get(copy);
        messages.add(copy);
        order.add("message");
        channels.add(channel);
    }

    @Override
    public void warning(String sentence) {
        warnings.add(sentence);
    }

    @Override
    public void closed(CloseReason reason) {
        closed.add(reason);
    }

    boolean isOpen() {
        return opened == 1 && closed.isEmpty();
    }

    CloseReason.@Nullable Cause cause() {
        return closed.isEmpty() ? null : closed.getFirst().cause();
    }

    /// The numbers in the messages of type One.
    List<Integer> numbers() {
        return numbers(messages);
    }

    static List<Integer> numbers(List<byte[]> payloads) {
        return payloads.stream().map(RecordingListener::number).toList();
    }

    private static int number(byte[] payload) {
        return payload[0] == (byte) UserTypes.ONE
                ? ByteBuffer.wrap(payload).getInt(1)
                : Integer.parseInt(new String(payload, 3, 8, StandardCharsets.US_ASCII));
    }

    /// A message of type One.
    static ByteBuffer one(int n) {
        return ByteBuffer.allocate(5).put((byte) UserTypes.ONE).putInt(n).flip();
    }

    /// A message of type Text of 64 bytes in all, with its header, which begins with a number.
    static ByteBuffer text(int n) {
        byte[] digits = "%08d".formatted(n).getBytes(StandardCharsets.US_ASCII);
        int length = 64 - SystemMessage.HEADER_BYTES - 2;
        return ByteBuffer.allocate(3 + length)
                .put(0, (byte) UserTypes.TEXT)
                .putShort(1, (short) length)
                .put(3, digits);
    }
}
