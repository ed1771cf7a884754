package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The messages of users in datagrams of the original legume, both ways.
class GoldenMessagesTest {
    private static final int HEADER = 5; // u16 id, u16 sequence, u8 flags; the type byte begins the payload

    private static final Map<Long, Integer> SYSTEM_BODIES =
            Map.of(2L, 1, 3L, 0, 4L, 0, 5L, 2, 6L, 2, 7L, 0, 8L, 4, 9L, 2, 10L, 2);

    @Test
    void everyMessageIsReadAndWrittenBack() throws IOException {
        List<String> seen = new ArrayList<>();
        for (Object session : Json.list(Json.resource("legume-golden.json"))) {
            MessageTypes types = types(Json.string(Json.object(session).get("source")));
            for (Object datagram : Json.list(Json.object(session).get("datagrams"))) {
                walk(types, Json.object(datagram), seen);
            }
        }

        // 110 datagrams with 2 of Everything, 32 of One and 6 of Empty
        assertThat(seen).filteredOn("Everything"::equals).hasSize(2);
        assertThat(seen).filteredOn("One"::equals).hasSize(32);
        assertThat(seen).filteredOn("Empty"::equals).hasSize(6);
    }

    /// Follows a datagram message by message, as [MessageTypes#bodyLength] tells where each ends.
    private static void walk(MessageTypes types, Map<?, ?> datagram, List<String> seen) {
        ByteBuffer bytes = Bytes.of(Json.string(datagram.get("hex")));
        for (Object it : Json.list(datagram.get("messages"))) {
            Map<?, ?> expected = Json.object(it);
            long typeId = (Long) Objects.requireNonNull(expected.get("type"));
            int body = bytes.position() + HEADER + 1;
            int length = typeId < MessageType.FIRST_ID
                    ? Objects.requireNonNull(SYSTEM_BODIES.get(typeId))
                    : types.bodyLength((int) typeId, bytes.duplicate().position(body));
            assertThat(length).isNotNegative();
            if (typeId >= MessageType.FIRST_ID) {
                check(types, bytes.slice(body - 1, 1 + length), expected);
                seen.add(Json.string(expected.get("name")));
            }
            bytes.position(body + length);
        }
        assertThat(bytes.hasRemaining()).isFalse();
    }

    private static void check(MessageTypes types, ByteBuffer payload, Map<?, ?> expected) {
        Message message = Objects.requireNonNull(types.read(payload));

        assertThat(message.type().name()).isEqualTo(expected.get("name"));
        Map<?, ?> fields = Json.object(expected.get("fields"));
        assertThat(Bytes.wireNames(message.type())).isEqualTo(new ArrayList<>(fields.keySet()));
        fields.forEach(
                (name, value) -> assertThat(message.value(Json.string(name))).isEqualTo(value));
        assertThat(Bytes.written(types, message)).isEqualTo(Bytes.hex(payload));

        Message made = message.type().message(stringKeys(fields));
        assertThat(made).isEqualTo(message);
        assertThat(Bytes.written(types, made)).isEqualTo(Bytes.hex(payload));
    }

    private static MessageTypes types(String source) {
        boolean python2 = source.contains("(field order: py2 dict)");
        assertThat(python2 || source.contains("(field order: declaration)")).isTrue();
        FieldOrder order = python2 ? FieldOrder.python2() : FieldOrder.DECLARED;
        return MessageTypes.of(
                MessageType.of(
                        21,
                        "Everything",
                        order,
                        List.of(
                                new MessageField("an_int", FieldType.INT),
                                new MessageField("a_short", FieldType.USHORT),
                                new MessageField("a_float", FieldType.FLOAT64),
                                new MessageField("a_bool", FieldType.BOOL),
                                new MessageField("a_uchar", FieldType.UCHAR),
                                new MessageField("fixed", FieldType.string(8)),
                                new MessageField("var", FieldType.VAR_STRING))),
                MessageType.of(200, "One", new MessageField("n", FieldType.INT)),
                MessageType.of(255, "Empty"));
    }

    private static Map<String, Object> stringKeys(Map<?, ?> fields) {
        Map<String, Object> typed = new LinkedHashMap<>();
        fields.forEach((name, value) -> typed.put(Json.string(name), Objects.requireNonNull(value)));
        return typed;
    }
}
