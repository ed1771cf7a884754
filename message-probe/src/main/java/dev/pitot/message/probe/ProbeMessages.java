package dev.pitot.message.probe;

import dev.pitot.message.FieldType;
import dev.pitot.message.Message;
import dev.pitot.message.MessageField;
import dev.pitot.message.MessageType;
import dev.pitot.message.MessageTypes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The messages of probes, as docs/message-protocol.md describes them. What is sent often is written and
/// read by hand, so that it costs no memory.
final class ProbeMessages {
    static final int PING_ID = 200;
    static final int PONG_ID = 201;
    static final int FLOOD_ID = 202;
    static final int STATS_REQUEST_ID = 203;
    static final int TALLY_ID = 204;

    /// Of the byte of the type, the fields before the padding, and the padding's length: of the
    /// longer of the two that have padding.
    static final int PING_HEAD = 1 + 4 + 8 + 2;

    private static final int FLOOD_HEAD = 1 + 8 + 2;
    private static final int NUMBER_AT = 1;
    private static final byte FILLER = 'x';

    private static final MessageType STATS_REQUEST = MessageType.of(STATS_REQUEST_ID, "ProbeAsk", whole("question"));
    private static final MessageType TALLY = MessageType.of(
            TALLY_ID,
            "ProbeTally",
            Stream.concat(
                            Stream.of("question"),
                            Stream.of("messages", "bytes", "outOfOrder", "duplicates", "nanos")
                                    .flatMap(name -> Stream.of(name + "High", name + "Low")))
                    .map(ProbeMessages::whole)
                    .toArray(MessageField[]::new));

    /// The types that both ends register.
    static final MessageTypes TYPES = MessageTypes.of(
            MessageType.of(PING_ID, "ProbePing", pingFields()),
            MessageType.of(PONG_ID, "ProbePong", pingFields()),
            MessageType.of(FLOOD_ID, "ProbeFlood", whole("numberHigh"), whole("numberLow"), padding()),
            STATS_REQUEST,
            TALLY);

    private ProbeMessages() {}

    private static MessageField whole(String name) {
        return new MessageField(name, FieldType.INT);
    }

    private static MessageField padding() {
        return new MessageField("padding", FieldType.VAR_STRING);
    }

    private static MessageField[] pingFields() {
        return new MessageField[] {whole("number"), whole("timeHigh"), whole("timeLow"), padding()};
    }

    /// Returns a ping of so many bytes; [#number(ByteBuffer, int, long)] makes it the next.
    static ByteBuffer ping(int bytes) {
        return padded(PING_ID, PING_HEAD, bytes);
    }

    /// Returns a message of a flood; [#number(ByteBuffer, long)] makes it the next.
    static ByteBuffer flood(int bytes) {
        return padded(FLOOD_ID, FLOOD_HEAD, bytes);
    }

    private static ByteBuffer padded(int id, int head, int bytes) {
        ByteBuffer message = ByteBuffer.allocateDirect(bytes).put(0, (byte) id);
        message.putShort(head - 2, (short) (bytes - head));
        for (int i = head; i < bytes; i++) {
            message.put(i, FILLER);
        }
        return message;
    }

    static void number(ByteBuffer ping, int number, long time) {
        ping.putInt(NUMBER_AT, number).putLong(NUMBER_AT + Integer.BYTES, time);
    }

    static void number(ByteBuffer flood, long number) {
        flood.putLong(NUMBER_AT, number);
    }

    /// Returns the number of a pong; negative if it is malformed.
    static int pongNumber(ByteBuffer payload) {
        return payload.remaining() < PING_HEAD ? -1 : payload.getInt(payload.position() + NUMBER_AT);
    }

    /// Returns the number of a message of a flood; negative if it is malformed.
    static long floodNumber(ByteBuffer payload) {
        return payload.remaining() < FLOOD_HEAD ? -1 : payload.getLong(payload.position() + NUMBER_AT);
    }

    static Message statsRequest(int request) {
        return STATS_REQUEST.message(request);
    }

    static Message stats(int request, FloodResult.Received received) {
        LongStream counts = LongStream.of(
                received.messages(),
                received.bytes(),
                received.outOfOrder(),
                received.duplicates(),
                received.length().toNanos());
        return TALLY.message(LongStream.concat(
                        LongStream.of(request),
                        counts.flatMap(it -> LongStream.of(it >> Integer.SIZE, it << Integer.SIZE >> Integer.SIZE)))
                .boxed()
                .toArray());
    }

    /// Returns the counts that a server reports; null if they cannot be true.
    ///
    /// @param sent messages that this end sent
    static FloodResult.@Nullable Received received(Message tally, long sent) {
        long messages = both(tally, "messages");
        long bytes = both(tally, "bytes");
        long outOfOrder = both(tally, "outOfOrder");
        long duplicates = both(tally, "duplicates");
        long nanos = both(tally, "nanos");
        long smallest = Math.min(Math.min(bytes, nanos), Math.min(outOfOrder, duplicates));
        if (smallest < 0 || messages < duplicates || messages - duplicates > sent || outOfOrder > messages) {
            return null;
        }
        return new FloodResult.Received(messages, bytes, outOfOrder, duplicates, Duration.ofNanos(nanos));
    }

    private static long both(Message tally, String name) {
        return tally.number(name + "High") << Integer.SIZE | (tally.number(name + "Low") & 0xFFFF_FFFFL);
    }
}
