package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageTest {
    private static final MessageType CHAT = MessageType.of(
            21,
            "Chat",
            new MessageField("n", FieldType.INT, 7),
            new MessageField("loud", FieldType.BOOL, true),
            new MessageField("volume", FieldType.FLOAT64),
            new MessageField("text", FieldType.VAR_STRING, "hey"),
            new MessageField("extra", FieldType.RAW));

    @Test
    void fieldsHoldTheirDefaults() {
        Message message = CHAT.message();

        assertThat(message.number("n")).isEqualTo(7);
        assertThat(message.flag("loud")).isTrue();
        assertThat(message.number("loud")).isEqualTo(1);
        assertThat(message.real("volume")).isZero();
        assertThat(message.text("text")).isEqualTo("hey");
        assertThat(message.bytes("extra")).isEmpty();
    }

    @Test
    void valuesAreGivenInTheOrderOfTheDefinition() {
        Message message = CHAT.message((short) -3, false, 1, "ho", new byte[] {1});

        assertThat(message.value("n")).isEqualTo(-3L);
        assertThat(message.value("loud")).isEqualTo(0L);
        assertThat(message.value("volume")).isEqualTo(1.0);
        assertThat(message.value("text")).isEqualTo("ho");
        assertThat(message.value("extra")).isEqualTo(new byte[] {1});
    }

    @Test
    void valuesAreGivenByName() {
        Message message = CHAT.message(Map.of("text", "ho"));

        assertThat(message).isEqualTo(CHAT.message(7, true, 0.0, "ho", new byte[0]));
    }

    @Test
    void anotherNumberOfValuesIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CHAT.message(1, 2))
                .withMessage("message Chat has 5 fields, not 2");
    }

    @Test
    void aValueForNoFieldIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CHAT.message(Map.of("test", 1)))
                .withMessage("message Chat has no field test");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CHAT.message().with("test", 1))
                .withMessage("message Chat has no field test");
    }

    @Test
    void aReaderOfAnotherKindIsRefused() {
        Message message = CHAT.message();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> message.text("n"))
                .withMessage("field n of message Chat is of type INT, not a text");
        assertThatIllegalArgumentException().isThrownBy(() -> message.text("extra"));
        assertThatIllegalArgumentException().isThrownBy(() -> message.number("volume"));
        assertThatIllegalArgumentException().isThrownBy(() -> message.number("text"));
        assertThatIllegalArgumentException().isThrownBy(() -> message.flag("n"));
        assertThatIllegalArgumentException().isThrownBy(() -> message.real("n"));
        assertThatIllegalArgumentException().isThrownBy(() -> message.bytes("text"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> message.number("test"))
                .withMessage("message Chat has no field test");
    }

    @Test
    void aChangedCopyLeavesTheMessageAsItIs() {
        Message message = CHAT.message();

        Message changed = message.with("n", 8).with("text", "ho");

        assertThat(changed).isEqualTo(CHAT.message(8, true, 0.0, "ho", new byte[0]));
        assertThat(message).isEqualTo(CHAT.message());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> message.with("text", 8))
                .withMessage("field text of message Chat takes a text, not an Integer");
    }

    @Test
    void bytesAreCopiedInAndOut() {
        byte[] bytes = {1, 2};
        Message message = CHAT.message().with("extra", bytes);

        bytes[0] = 9;
        message.bytes("extra")[0] = 9;
        ((byte[]) message.value("extra"))[0] = 9;

        assertThat(message.bytes("extra")).containsExactly(1, 2);
    }

    @Test
    void messagesOfEqualTypeAndValuesAreEqual() {
        Message message = CHAT.message(1, 2, 3, "4", new byte[] {5});

        assertThat(message)
                .isEqualTo(CHAT.message(1, 2, 3, "4", new byte[] {5}))
                .hasSameHashCodeAs(CHAT.message(1, 2, 3, "4", new byte[] {5}))
                .isNotEqualTo(message.with("n", 2))
                .isNotEqualTo(message.with("volume", -3))
                .isNotEqualTo(message.with("text", "5"))
                .isNotEqualTo(message.with("extra", new byte[] {6}))
                .isNotEqualTo("a message");
        assertThat(MessageType.of(21, "A").message())
                .isNotEqualTo(MessageType.of(21, "B").message());
    }

    @Test
    void aMessageIsReadable() {
        assertThat(CHAT.message(1, 2, 3, "4", new byte[] {5}))
                .hasToString("Chat[n=1, loud=2, volume=3.0, text=4, extra=1 bytes]");
    }

    @Test
    void aMessageOfNoRecordIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CHAT.message().as(Nothing.class))
                .withMessage("message Chat was not declared by record Nothing");
    }

    record Nothing() {}
}
