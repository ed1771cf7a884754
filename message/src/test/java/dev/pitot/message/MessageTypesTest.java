package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pitot.message.legume.BodyLengths;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MessageTypesTest {
    private static final MessageType CHAT = MessageType.of(
            21, "Chat", new MessageField("n", FieldType.USHORT), new MessageField("text", FieldType.VAR_STRING));
    private static final MessageType EMPTY = MessageType.of(255, "Empty");
    private static final MessageTypes TYPES = MessageTypes.of(CHAT, EMPTY);

    @Test
    void typesAreFoundByIdAndName() {
        assertThat(TYPES.all()).containsExactly(CHAT, EMPTY);
        assertThat(TYPES.type(21)).isSameAs(CHAT);
        assertThat(TYPES.type("Empty")).isSameAs(EMPTY);
        assertThat(TYPES.type(22)).isNull();
        assertThat(TYPES.type(-1)).isNull();
        assertThat(TYPES.type(256)).isNull();
        assertThat(TYPES.type("chat")).isNull();
    }

    @Test
    void aTakenIdOrNameIsRefused() {
        MessageTypes.Builder builder = MessageTypes.builder().add(CHAT);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.add(MessageType.of(21, "Other")))
                .withMessage("message Other (21) has the id or the name of Chat (21)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.add(MessageType.of(22, "Chat")))
                .withMessage("message Chat (22) has the id or the name of Chat (21)");
        assertThat(builder.build().all()).containsExactly(CHAT);
    }

    @Test
    void aRegistryDoesNotChangeWithItsBuilder() {
        MessageTypes.Builder builder = MessageTypes.builder().add(CHAT);
        MessageTypes before = builder.build();

        builder.add(EMPTY);

        assertThat(before.all()).containsExactly(CHAT);
        assertThat(before.type(255)).isNull();
        assertThat(before.type("Empty")).isNull();
    }

    @Test
    void aPayloadIsWrittenAtThePosition() {
        ByteBuffer out = ByteBuffer.allocate(12).position(2);

        int length = TYPES.write(CHAT.message(258, "hey"), out);

        assertThat(length).isEqualTo(8).isEqualTo(TYPES.payloadLength(CHAT.message(258, "hey")));
        assertThat(out.position()).isEqualTo(10);
        assertThat(Bytes.hex(out.flip())).isEqualTo("0000" + "15" + "0102" + "0003686579");
    }

    @Test
    void anyBufferWillDo() {
        ByteBuffer direct =
                ByteBuffer.allocateDirect(16).order(ByteOrder.LITTLE_ENDIAN).position(3);
        Message message = CHAT.message(258, "hey");

        TYPES.write(message, direct);
        direct.flip().position(3);

        assertThat(Bytes.hex(direct)).isEqualTo("1501020003686579");
        assertThat(TYPES.read(direct)).isEqualTo(message);
        assertThat(TYPES.read(direct.asReadOnlyBuffer())).isEqualTo(message);
        assertThat(TYPES.read(ByteBuffer.wrap(Bytes.of("ffff1501020003686579").array(), 2, 8)
                        .slice()))
                .isEqualTo(message);
        assertThat(direct.position()).isEqualTo(3);
        assertThat(direct.limit()).isEqualTo(11);
    }

    @Test
    void aBufferWithoutRoomStaysAsItIs() {
        ByteBuffer out = ByteBuffer.allocate(7);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TYPES.write(CHAT.message(258, "hey"), out))
                .withMessage("message Chat takes 8 bytes, but only 7 are left");
        assertThat(out).isEqualTo(ByteBuffer.allocate(7));
    }

    @Test
    void aMessageIsEncodedIntoTheGivenMemoryIfItHasRoom() {
        Message message = CHAT.message(258, "hey");
        ByteBuffer memory = ByteBuffer.allocate(8).position(5).limit(6);
        ByteBuffer small = ByteBuffer.allocate(7);

        assertThat(TYPES.encode(message, memory)).isSameAs(memory).isEqualTo(Bytes.of("1501020003686579"));
        assertThat(TYPES.encode(message, small)).isNotSameAs(small).isEqualTo(memory);
        assertThat(TYPES.encode(message, null)).isEqualTo(memory);
        assertThat(small).isEqualTo(ByteBuffer.allocate(7));
    }

    @Test
    void aMessageOfAnotherRegistryIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TYPES.payloadLength(MessageType.of(21, "Chat").message()))
                .withMessage("message Chat is not of the registered types");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> TYPES.payloadLength(MessageType.of(22, "Other").message()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TYPES.payloadLength("hey"))
                .withMessage("String is neither a Message nor a record that was added");
    }

    @Test
    void aMessageOfAnEqualTypeIsWritten() {
        MessageTypes same = MessageTypes.of(MessageType.of(
                21, "Chat", new MessageField("n", FieldType.USHORT), new MessageField("text", FieldType.VAR_STRING)));

        assertThat(Bytes.written(same, CHAT.message(1, ""))).isEqualTo("1500010000");
    }

    @Test
    void bytesThatAreNoMessageAreNone() {
        assertThat(TYPES.read(Bytes.of(""))).isNull();
        assertThat(TYPES.read(Bytes.of("16"))).isNull(); // unknown type
        assertThat(TYPES.read(Bytes.of("02"))).isNull(); // legume's own
        assertThat(TYPES.read(Bytes.of("15"))).isNull();
        assertThat(TYPES.read(Bytes.of("15 0001 00"))).isNull();
        assertThat(TYPES.read(Bytes.of("15 0001 0002 41"))).isNull(); // truncated
        assertThat(TYPES.read(Bytes.of("15 0001 0001 41 00"))).isNull(); // trailing byte
        assertThat(TYPES.read(Bytes.of("15 0001 0001 80"))).isNull(); // no UTF-8
        assertThat(TYPES.read(Bytes.of("ff 00"))).isNull();
        assertThat(TYPES.readValue(Bytes.of("ff 00"))).isNull();
        assertThat(TYPES.readValue(Bytes.of("ff"))).isEqualTo(EMPTY.message());
    }

    @Test
    void aBodyTellsItsLengthInFrontOfOthers() {
        ByteBuffer packed = Bytes.of("aaaa 0001 0002 4142 0005").position(2);

        assertThat(TYPES.bodyLength(21, packed)).isEqualTo(6);
        assertThat(TYPES.bodyLength(255, packed)).isZero();
        assertThat(packed.position()).isEqualTo(2);
    }

    @Test
    void whatIsNoBodyHasNoLength() {
        assertThat(TYPES.bodyLength(21, Bytes.of("0001 0002 41"))).isEqualTo(-1);
        assertThat(TYPES.bodyLength(21, Bytes.of("0001 ffff 41"))).isEqualTo(-1);
        assertThat(TYPES.bodyLength(21, Bytes.of("0001 00"))).isEqualTo(-1);
        assertThat(TYPES.bodyLength(21, Bytes.of(""))).isEqualTo(-1);
        assertThat(TYPES.bodyLength(21, Bytes.of("0001 0001 80"))).isEqualTo(-1);
        assertThat(TYPES.bodyLength(22, Bytes.of("0001"))).isEqualTo(BodyLengths.UNKNOWN_TYPE);
        assertThat(TYPES.bodyLength(-1, Bytes.of("0001"))).isEqualTo(BodyLengths.UNKNOWN_TYPE);
        assertThat(TYPES.bodyLength(1 << 20, Bytes.of("0001"))).isEqualTo(BodyLengths.UNKNOWN_TYPE);
    }

    @Test
    void bytesOf2011AreKeptInIso88591() {
        MessageTypes raw = MessageTypes.builder()
                .add(CHAT)
                .encoding(TextEncoding.ISO_8859_1)
                .build();

        Message read = Objects.requireNonNull(raw.read(Bytes.of("15 0001 0004 ff80c3e9")));

        assertThat(read.text("text")).isEqualTo("ÿ\u0080Ãé");
        assertThat(Bytes.written(raw, read)).isEqualTo("1500010004ff80c3e9");
        assertThat(raw.encoding()).isEqualTo(TextEncoding.ISO_8859_1);
        assertThat(TYPES.encoding()).isEqualTo(TextEncoding.UTF_8);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> raw.payloadLength(CHAT.message(1, "€")))
                .withMessage("field text of message Chat has a character that cannot be written in ISO_8859_1");
    }
}
