package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Records as messages.
class RecordMessagesTest {
    record Everything(
            int anInt,
            short aShort,
            double aFloat,
            boolean aBool,
            byte aUchar,
            @FixedLength(8) String fixed) {}

    @SuppressWarnings("ArrayRecordComponent") // what a message is told to be
    record Rest(char c, float f, String text, byte[] raw) {}

    record Nothing() {}

    record Choosy(int n) {
        Choosy {
            if (n < 0) {
                throw new IllegalStateException("negative: " + n);
            }
        }
    }

    @WireName("TankUpdate")
    record Tank(
            int id,
            @WireName("pos_x") double posX,
            int alive,
            @WireName("client_id") int clientId) {}

    private record Hidden(int n) {}

    @Test
    void eachJavaTypeHasItsField() {
        MessageType everything = type(Everything.class);
        MessageType rest = type(Rest.class);

        assertThat(everything.name()).isEqualTo("Everything");
        assertThat(everything.fields())
                .containsExactly(
                        new MessageField("anInt", FieldType.INT),
                        new MessageField("aShort", FieldType.USHORT),
                        new MessageField("aFloat", FieldType.FLOAT64),
                        new MessageField("aBool", FieldType.BOOL),
                        new MessageField("aUchar", FieldType.UCHAR),
                        new MessageField("fixed", FieldType.string(8)));
        assertThat(rest.fields())
                .containsExactly(
                        new MessageField("c", FieldType.USHORT),
                        new MessageField("f", FieldType.FLOAT64),
                        new MessageField("text", FieldType.VAR_STRING),
                        new MessageField("raw", FieldType.RAW));
    }

    @Test
    void aRecordGoesBothWays() {
        MessageTypes types = types(Everything.class);
        var record = new Everything(-2, (short) 0xFFFE, 1.5, true, (byte) 200, "hey");
        String payload = "15" + "fffffffe" + "fffe" + "3ff8000000000000" + "01" + "c8" + "6865790000000000";

        assertThat(Bytes.written(types, record)).isEqualTo(payload);
        assertThat(types.readValue(Bytes.of(payload))).isEqualTo(record);

        Message message = Objects.requireNonNull(types.read(Bytes.of(payload)));
        assertThat(message.as(Everything.class)).isEqualTo(record);
        assertThat(message.number("aShort")).isEqualTo(65_534);
        assertThat(message.number("aUchar")).isEqualTo(200);
        assertThat(Bytes.written(types, message)).isEqualTo(payload);
    }

    @Test
    void theOtherKindsGoBothWays() {
        MessageTypes types = types(Rest.class);
        String payload = "15" + "ffff" + "3fb99999a0000000" + "0005636166c3a9" + "0102";

        assertThat(Bytes.written(types, new Rest('\uffff', 0.1f, "café", new byte[] {1, 2})))
                .isEqualTo(payload);
        Rest read = Objects.requireNonNull(types.read(Bytes.of(payload))).as(Rest.class);
        assertThat(read.c()).isEqualTo('\uffff');
        assertThat(read.f()).isEqualTo(0.1f);
        assertThat(read.text()).isEqualTo("café");
        assertThat(read.raw()).containsExactly(1, 2);
    }

    @Test
    void aRecordWithoutComponentsGoesBothWays() {
        MessageTypes types = types(Nothing.class);

        assertThat(Bytes.written(types, new Nothing())).isEqualTo("15");
        assertThat(types.readValue(Bytes.of("15"))).isEqualTo(new Nothing());
    }

    @Test
    void aBooleanIsTrueForEverythingButZero() {
        MessageTypes types = types(Everything.class);
        String before = "15" + "00000000" + "0000" + "0000000000000000";
        String after = "00" + "0000000000000000";

        for (String value : List.of("01", "02", "ff", "80")) {
            Message message = Objects.requireNonNull(types.read(Bytes.of(before + value + after)));
            assertThat(message.as(Everything.class).aBool()).as(value).isTrue();
        }
        Message message = Objects.requireNonNull(types.read(Bytes.of(before + "00" + after)));
        assertThat(message.as(Everything.class).aBool()).isFalse();
    }

    @Test
    void namesAndOrderCanBeThoseOfPython() {
        MessageTypes types =
                MessageTypes.builder().add(30, Tank.class, FieldOrder.python2()).build();
        MessageType type = Objects.requireNonNull(types.type("TankUpdate"));

        assertThat(type.fields().stream().map(MessageField::name)).containsExactly("id", "pos_x", "alive", "client_id");
        assertThat(Bytes.wireNames(type))
                .isEqualTo(FieldOrder.python2().arrange(List.of("id", "pos_x", "alive", "client_id")))
                .isNotEqualTo(List.of("id", "pos_x", "alive", "client_id"));
        var tank = new Tank(1, 2.5, 3, 4);
        assertThat(types.readValue(Bytes.of(Bytes.written(types, tank)))).isEqualTo(tank);
    }

    @Test
    void whatARecordRefusesIsNoMessageForThoseWhoWantTheRecord() {
        MessageTypes types = types(Choosy.class);
        Message message = Objects.requireNonNull(types.read(Bytes.of("15 ffffffff")));

        assertThat(types.readValue(Bytes.of("15 ffffffff"))).isNull();
        assertThat(types.readValue(Bytes.of("15 00000001"))).isEqualTo(new Choosy(1));
        assertThat(message.number("n")).isEqualTo(-1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> message.as(Choosy.class))
                .withMessage("record Choosy does not take the values of the message")
                .withCauseInstanceOf(IllegalStateException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> message.as(Nothing.class));
    }

    @Test
    @SuppressWarnings("NullAway") // that is the test
    void nullIsRefusedByName() {
        MessageTypes types = types(Rest.class);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> types.payloadLength(new Rest('c', 1, null, new byte[0])))
                .withMessage("field text of message Rest is null, and only a text or bytes can be sent");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> types.payloadLength(new Rest('c', 1, "", null)))
                .withMessage("field raw of message Rest is null, and only a text or bytes can be sent");
    }

    @Test
    void aTextThatIsTooLongIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> types(Everything.class)
                        .payloadLength(new Everything(1, (short) 2, 3, true, (byte) 4, "123456789")))
                .withMessage("field fixed of message Everything has room for 8 bytes, not for 9");
    }

    record Boxed(Integer n) {}

    record FixedNumber(@FixedLength(4) int n) {}

    @SuppressWarnings("ArrayRecordComponent")
    record RawFirst(byte[] raw, int n) {}

    @Test
    void componentsThatCannotBeSentAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> types(Boxed.class))
                .withMessage(
                        "component n of record Boxed is of type Integer: only int, long, short, char, byte, boolean, float, "
                                + "double, String and byte[] can be sent");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> types(FixedNumber.class))
                .withMessage("component n of record FixedNumber is @FixedLength, which only a String can be");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> types(RawFirst.class))
                .withMessage(
                        "field raw of message RawFirst is the rest of the message and must be the last on the wire");
    }

    @Test
    void aRecordIsAddedOnce() {
        MessageTypes.Builder builder = MessageTypes.builder().add(21, Choosy.class);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.add(22, Choosy.class))
                .withMessage("record Choosy has been added before");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.add(19, Nothing.class))
                .withMessageStartingWith("message Nothing must have an id of 20 to 255, not 19");
        assertThat(builder.build().type(Choosy.class)).isEqualTo(builder.build().type(21));
        assertThat(builder.build().type(Nothing.class)).isNull();
    }

    @Test
    void aPrivateRecordIsReachedWithALookup() {
        MessageTypes types = MessageTypes.builder(MethodHandles.lookup())
                .add(21, Hidden.class)
                .build();

        assertThat(types.readValue(Bytes.of(Bytes.written(types, new Hidden(5)))))
                .isEqualTo(new Hidden(5));
    }

    @Test
    void aRecordThatIsNotOpenIsRefused() throws ReflectiveOperationException {
        Class<? extends Record> closed =
                Class.forName("java.lang.runtime.SwitchBootstraps$TypePairs").asSubclass(Record.class);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageTypes.builder().add(21, closed))
                .withMessage("record " + closed.getName() + " cannot be reached: open its package to"
                        + " dev.pitot.message, or give MessageTypes.builder a Lookup of its module");
    }

    private static MessageTypes types(Class<? extends Record> record) {
        return MessageTypes.builder().add(21, record).build();
    }

    private static MessageType type(Class<? extends Record> record) {
        return Objects.requireNonNull(types(record).type(record));
    }
}
