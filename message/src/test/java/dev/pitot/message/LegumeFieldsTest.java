package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each type of field as the original legume has it on the wire, or better.
class LegumeFieldsTest {
    @ParameterizedTest
    @CsvSource({"0, 00000000", "-2, fffffffe", "2147483647, 7fffffff", "-2147483648, 80000000"})
    void anIntHas32Bits(long value, String body) {
        goesBothWays(FieldType.INT, value, body);
    }

    @ParameterizedTest
    @ValueSource(longs = {2_147_483_648L, -2_147_483_649L, Long.MAX_VALUE, Long.MIN_VALUE})
    void anIntOutOfRangeIsRefused(long value) {
        refused(FieldType.INT, value, "field f of message M holds -2147483648 to 2147483647, not " + value);
    }

    @Test
    void anIntIsNeverTruncated() {
        refused(FieldType.INT, 1.7, "field f of message M takes a whole number, not a Double");
        refused(FieldType.INT, "1", "field f of message M takes a whole number, not a String");
    }

    @ParameterizedTest
    @CsvSource({"0, 0000", "65534, fffe", "65535, ffff"})
    void aShortIsUnsigned(int value, String body) {
        goesBothWays(FieldType.USHORT, (long) value, body);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void aShortOutOfRangeIsRefused(int value) {
        refused(FieldType.USHORT, value, "field f of message M holds 0 to 65535, not " + value);
    }

    @ParameterizedTest
    @CsvSource({"0, 00", "200, c8", "255, ff"})
    void aUcharIsUnsigned(int value, String body) {
        goesBothWays(FieldType.UCHAR, (long) value, body);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 256})
    void aUcharOutOfRangeIsRefused(int value) {
        refused(FieldType.UCHAR, value, "field f of message M holds 0 to 255, not " + value);
    }

    @Test
    void aUcharDefaultsToZeroUnlikeLegumes() {
        MessageTypes types = typesOf(FieldType.UCHAR);

        assertThat(Bytes.written(types, type(types).message())).isEqualTo("1500");
    }

    @ParameterizedTest
    @CsvSource({"0, 00", "1, 01", "2, 02", "-1, ff", "127, 7f", "-128, 80"})
    void aBoolLetsEveryByteThrough(int value, String body) {
        goesBothWays(FieldType.BOOL, (long) value, body);
        Message read = Objects.requireNonNull(typesOf(FieldType.BOOL).read(Bytes.of("15" + body)));
        assertThat(read.flag("f")).isEqualTo(value != 0);
    }

    @Test
    void aBoolOf200IsRefused() {
        refused(FieldType.BOOL, 200, "field f of message M holds -128 to 127, not 200");
    }

    @Test
    void trueIsOne() {
        MessageTypes types = typesOf(FieldType.BOOL);

        assertThat(Bytes.written(types, type(types).message(true))).isEqualTo("1501");
        assertThat(Bytes.written(types, type(types).message(false))).isEqualTo("1500");
    }

    @ParameterizedTest
    @CsvSource({
        "1.5, 3ff8000000000000",
        "-0.0, 8000000000000000",
        "Infinity, 7ff0000000000000",
        "-Infinity, fff0000000000000",
        "NaN, 7ff8000000000000"
    })
    void aFloatHas64BitsAndMayBeInfiniteOrNone(double value, String body) {
        goesBothWays(FieldType.FLOAT64, value, body);
    }

    @Test
    void theNanOfPython2KeepsItsBits() {
        MessageTypes types = typesOf(FieldType.FLOAT64);

        Message read = Objects.requireNonNull(types.read(Bytes.of("15 fff8000000000000")));

        assertThat(read.real("f")).isNaN();
        assertThat(Bytes.written(types, read)).isEqualTo("15fff8000000000000");
    }

    @ParameterizedTest
    @CsvSource({"hey, 6865790000000000", "12345678, 3132333435363738", "'', 0000000000000000", "café, 636166c3a9000000"
    })
    void aFixedStringIsPaddedWithNul(String value, String body) {
        goesBothWays(FieldType.string(8), value, body);
    }

    @Test
    void everyNulOfAFixedStringVanishes() {
        MessageTypes types = typesOf(FieldType.string(4));

        assertThat(Bytes.written(types, type(types).message("a\0b\0"))).isEqualTo("1561620000");
        assertThat(Objects.requireNonNull(types.read(Bytes.of("15 00610062"))).text("f"))
                .isEqualTo("ab");
        assertThat(type(types).message("a\0b")).isEqualTo(type(types).message("ab"));
    }

    @Test
    void nulInsideACharacterVanishesBeforeItIsDecodedAsInLegume() {
        MessageTypes types = typesOf(FieldType.string(4));

        assertThat(Objects.requireNonNull(types.read(Bytes.of("15 c300a900"))).text("f"))
                .isEqualTo("é");
    }

    @Test
    void aFixedStringThatIsTooLongIsRefused() {
        refused(FieldType.string(8), "123456789", "field f of message M has room for 8 bytes, not for 9");
    }

    @Test
    void aFixedStringCountsBytesNotCharacters() {
        MessageTypes types = typesOf(FieldType.string(4));
        Message message = type(types).message("café");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> types.payloadLength(message))
                .withMessage("field f of message M has room for 4 bytes, not for 5");
    }

    @ParameterizedTest
    @CsvSource({"'', 0000", "hello, 000568656c6c6f", "café, 0005636166c3a9", "😀, 0004f09f9880"})
    void aVarstringCountsBytes(String value, String body) {
        goesBothWays(FieldType.VAR_STRING, value, body);
    }

    @Test
    void aVarstringKeepsItsNuls() {
        goesBothWays(FieldType.VAR_STRING, "a\0b", "0003610062");
    }

    @Test
    void theTextThatPython3CutsIsMalformed() {
        MessageTypes types = typesOf(FieldType.VAR_STRING);

        assertThat(types.read(Bytes.of("15 0004 636166c3"))).isNull();
        assertThat(types.bodyLength(21, Bytes.of("0004 636166c3"))).isEqualTo(-1);
    }

    @Test
    void theLongestVarstringFits() {
        MessageTypes types = typesOf(FieldType.VAR_STRING);
        String longest = "x".repeat(65_535);

        assertThat(types.payloadLength(type(types).message(longest))).isEqualTo(1 + 2 + 65_535);
        refused(FieldType.VAR_STRING, longest + "x", "field f of message M has room for 65535 bytes, not for 65536");
    }

    @Test
    void aVarstringOfTooManyBytesIsRefusedThoughItsCharactersAreFew() {
        MessageTypes types = typesOf(FieldType.VAR_STRING);
        Message message = type(types).message("é".repeat(32_768));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> types.payloadLength(message))
                .withMessage("field f of message M has room for 65535 bytes, not for 65536");
    }

    @Test
    void halfACharacterCannotBeWritten() {
        MessageTypes types = typesOf(FieldType.VAR_STRING);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> types.payloadLength(type(types).message("\ud83d")))
                .withMessage("field f of message M has a character that cannot be written in UTF_8");
    }

    @Test
    void rawBytesAreTheRestOfTheMessage() {
        MessageTypes types = typesOf(FieldType.RAW);
        byte[] bytes = {1, 0, -1};

        assertThat(Bytes.written(types, type(types).message(bytes))).isEqualTo("150100ff");
        assertThat(Objects.requireNonNull(types.read(Bytes.of("15 0100ff"))).bytes("f"))
                .isEqualTo(bytes);
        assertThat(Objects.requireNonNull(types.read(Bytes.of("15"))).bytes("f"))
                .isEmpty();
    }

    @Test
    void rawBytesDoNotTellWhereTheyEnd() {
        MessageTypes types = typesOf(FieldType.RAW);

        assertThat(type(types).isSelfDelimiting()).isFalse();
        assertThat(types.bodyLength(21, Bytes.of("0100ff"))).isEqualTo(-2); // UNKNOWN_TYPE
    }

    @ParameterizedTest
    @CsvSource({"0, 0000000000000000", "-1, ffffffffffffffff", "-9223372036854775808, 8000000000000000"})
    void numbersOf64BitsTakeEightBytes(long value, String body) {
        goesBothWays(FieldType.INT64, value, body);
    }

    @Test
    void thereIsNoCharSinceLegumeCannotSendIt() {
        assertThat(FieldType.Kind.values())
                .extracting(Enum::name)
                .containsExactlyInAnyOrder(
                        "INT", "INT64", "USHORT", "UCHAR", "BOOL", "FLOAT64", "STRING", "VAR_STRING", "RAW");
    }

    @Test
    void onlyATextHasALengthOfItsOwn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FieldType(FieldType.Kind.INT, 4))
                .withMessage("only a string has a length of its own, not INT");
    }

    private static void goesBothWays(FieldType type, Object value, String body) {
        MessageTypes types = typesOf(type);
        Message message = type(types).message(value);

        assertThat(Bytes.written(types, message)).isEqualTo("15" + body);
        assertThat(types.read(Bytes.of("15" + body))).isEqualTo(message);
        assertThat(message.value("f")).isEqualTo(value);
        assertThat(types.bodyLength(21, Bytes.of(body))).isEqualTo(body.length() / 2);
    }

    private static void refused(FieldType type, Object value, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> type(typesOf(type)).message(value))
                .withMessage(sentence);
    }

    private static MessageTypes typesOf(FieldType type) {
        return MessageTypes.of(MessageType.of(21, "M", new MessageField("f", type)));
    }

    private static MessageType type(MessageTypes types) {
        return types.all().getFirst();
    }
}
