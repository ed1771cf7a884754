package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTypeTest {
    private static final MessageField N = new MessageField("n", FieldType.INT);
    private static final MessageField TEXT = new MessageField("text", FieldType.VAR_STRING);
    private static final MessageField BYTES = new MessageField("bytes", FieldType.RAW);

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 2, 10, 11, 19, 256, Integer.MAX_VALUE})
    void anIdOfTheProtocolOrNoneIsRefused(int id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageType.of(id, "Chat"))
                .withMessage(
                        "message Chat must have an id of 20 to 255, not " + id + ": the ids below are the protocol's");
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 21, 255})
    void anIdOfUsersIsTaken(int id) {
        assertThat(MessageType.of(id, "Chat").id()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void aMessageAndItsFieldsHaveNamesOfSomeLength(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> MessageType.of(20, name));
        assertThatIllegalArgumentException().isThrownBy(() -> new MessageField(name, FieldType.INT));
    }

    @Test
    void aNameHas255CharactersAtMost() {
        String longest = "x".repeat(255);

        assertThat(MessageType.of(20, longest, new MessageField(longest, FieldType.INT))
                        .name())
                .isEqualTo(longest);
        assertThatIllegalArgumentException().isThrownBy(() -> MessageType.of(20, longest + "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new MessageField(longest + "x", FieldType.INT));
    }

    @Test
    void twoFieldsOfTheSameNameAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageType.of(20, "Chat", N, TEXT, new MessageField("n", FieldType.BOOL)))
                .withMessage("message Chat has two fields n");
    }

    @Test
    void moreThan255FieldsAreRefused() {
        List<MessageField> most = IntStream.range(0, 255)
                .mapToObj(i -> new MessageField("f" + i, FieldType.BOOL))
                .toList();
        List<MessageField> tooMany = IntStream.range(0, 256)
                .mapToObj(i -> new MessageField("f" + i, FieldType.BOOL))
                .toList();

        assertThat(MessageType.of(20, "Flags", FieldOrder.DECLARED, most).maximumLength())
                .isEqualTo(255);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageType.of(20, "Flags", FieldOrder.DECLARED, tooMany))
                .withMessage("message Flags has 256 fields, but 255 is the most");
    }

    @Test
    void lengthsAreThoseOfTheFields() {
        MessageType type = MessageType.of(
                20,
                "All",
                N,
                new MessageField("s", FieldType.USHORT),
                new MessageField("u", FieldType.UCHAR),
                new MessageField("b", FieldType.BOOL),
                new MessageField("f", FieldType.FLOAT64),
                new MessageField("t", FieldType.string(9)),
                TEXT);

        assertThat(type.minimumLength()).isEqualTo(4 + 2 + 1 + 1 + 8 + 9 + 2);
        assertThat(type.maximumLength()).isEqualTo(4 + 2 + 1 + 1 + 8 + 9 + 2 + 65_535);
        assertThat(type.isSelfDelimiting()).isTrue();
        assertThat(MessageType.of(20, "Empty").maximumLength()).isZero();
    }

    @Test
    void bytesMustBeTheLastOnTheWire() {
        assertThat(MessageType.of(20, "Blob", N, BYTES).isSelfDelimiting()).isFalse();
        assertThat(Bytes.wireNames(MessageType.of(20, "Blob", FieldOrder.listed("n", "bytes"), List.of(BYTES, N))))
                .containsExactly(N.name(), BYTES.name());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageType.of(20, "Blob", BYTES, N))
                .withMessage("field bytes of message Blob is the rest of the message and must be the last on the wire");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageType.of(20, "Blob", N, BYTES, new MessageField("more", FieldType.RAW)));
    }

    @Test
    void anOrderThatDoesNotSuitNamesTheMessage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageType.of(20, "Chat", FieldOrder.listed("n"), List.of(N, TEXT)))
                .withMessage("message Chat: the order lists [n], but must list each of [n, text] once");
    }

    @Test
    void anAmbiguousDefinitionIsRefused() {
        List<MessageField> fields = List.of("ynI", "a4E3a5s9H", "Brn5m", "str").stream()
                .map(name -> new MessageField(name, FieldType.INT))
                .toList();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageType.of(20, "A", FieldOrder.python2(), fields))
                .withMessageStartingWith("message A: the order of the fields differs between the builds of Python 2");
    }

    @Test
    void typesAreEqualByWhatTheyAre() {
        MessageType type = MessageType.of(20, "A", N, TEXT);

        assertThat(type)
                .isEqualTo(MessageType.of(20, "A", N, TEXT))
                .hasSameHashCodeAs(MessageType.of(20, "A", N, TEXT))
                .isNotEqualTo(MessageType.of(21, "A", N, TEXT))
                .isNotEqualTo(MessageType.of(20, "B", N, TEXT))
                .isNotEqualTo(MessageType.of(20, "A", N))
                .isNotEqualTo(MessageType.of(20, "A", FieldOrder.listed("text", "n"), List.of(N, TEXT)))
                .hasToString("A (20)");
        assertThat(MessageType.of(20, "A", BYTES))
                .isEqualTo(MessageType.of(20, "A", new MessageField("bytes", FieldType.RAW, new byte[0])));
    }

    @Test
    void aDefaultIsCheckedAsAValueIs() {
        assertThat(new MessageField("n", FieldType.INT, (byte) 5).defaultValue())
                .isEqualTo(5L);
        assertThat(new MessageField("s", FieldType.string(3), "a\0b").defaultValue())
                .isEqualTo("ab");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MessageField("n", FieldType.INT, 1L << 31))
                .withMessage("the default of field n holds -2147483648 to 2147483647, not 2147483648");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MessageField("b", FieldType.RAW, new byte[1]))
                .withMessage("field b: bytes have no other default than none");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536})
    void aStringHasALength(int bytes) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldType.string(bytes))
                .withMessage("a string is 1 to 65535 bytes long, not " + bytes);
    }
}
