package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Bytes of every kind, from fixed seeds: nothing throws, and what is measured can be read.
class HostilePayloadsTest {
    private static final List<FieldType> KINDS = List.of(
            FieldType.INT,
            FieldType.USHORT,
            FieldType.UCHAR,
            FieldType.BOOL,
            FieldType.FLOAT64,
            FieldType.string(5),
            FieldType.VAR_STRING,
            FieldType.INT64,
            FieldType.RAW);

    private static final int RAW = 8; // the index of it

    private final Random random = new Random(20);

    @Test
    void whatHasALengthCanBeReadAndWhatHasNoneCannot() {
        int read = 0;
        for (int round = 0; round < 50_000; round++) {
            MessageTypes types = round % 100 == 0 ? types(false) : current;
            current = types;
            ByteBuffer payload = noise();
            int length =
                    types.bodyLength(payload.get(0) & 0xFF, payload.duplicate().position(1));
            if (length < 0) {
                assertThat(types.read(payload)).isNull();
            } else {
                ByteBuffer exact = payload.duplicate().limit(1 + length);
                Message message = Objects.requireNonNull(types.read(exact));
                assertThat(types.payloadLength(message)).isEqualTo(1 + length);
                if (payload.limit() > 1 + length) {
                    assertThat(types.read(payload)).isNull();
                }
                read++;
            }
            assertThat(payload.position()).isZero();
        }
        assertThat(read).isBetween(5_000, 45_000); // the noise is of both kinds
    }

    private MessageTypes current = types(false);

    @Test
    void everyMessageIsReadAsItWasWrittenAndNoPieceOfItIs() {
        for (int round = 0; round < 1_000; round++) {
            boolean raw = round % 4 == 0;
            MessageTypes types = types(raw);
            MessageType type = types.all().getFirst();
            Message message = type.message(values(type));
            ByteBuffer payload = ByteBuffer.allocate(types.payloadLength(message));
            types.write(message, payload);
            payload.flip();

            assertThat(types.read(payload)).isEqualTo(message);
            assertThat(payload.limit() - 1).isBetween(type.minimumLength(), type.maximumLength());
            if (!raw) {
                ByteBuffer body = payload.duplicate().position(1);
                assertThat(types.bodyLength(type.id(), body)).isEqualTo(payload.limit() - 1);
                for (int end = 0; end < payload.limit(); end++) {
                    assertThat(types.read(payload.duplicate().limit(end))).isNull();
                }
            }
        }
    }

    private MessageTypes types(boolean raw) {
        List<MessageField> fields = new ArrayList<>();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            fields.add(new MessageField("f" + i, KINDS.get(random.nextInt(RAW))));
        }
        if (raw) {
            fields.add(new MessageField("raw", FieldType.RAW));
        }
        return MessageTypes.of(MessageType.of(21, "M", FieldOrder.DECLARED, fields));
    }

    /// Bytes that are small, ASCII or anything; mostly of the right type.
    private ByteBuffer noise() {
        var bytes = new byte[1 + random.nextInt(40)];
        random.nextBytes(bytes);
        for (int i = 1; i < bytes.length; i++) {
            bytes[i] = switch (random.nextInt(8)) {
                case 0 -> bytes[i];
                case 1, 2, 3 -> (byte) random.nextInt(5);
                default -> (byte) random.nextInt(0x80);
            };
        }
        bytes[0] = random.nextInt(50) == 0 ? bytes[0] : 21;
        return ByteBuffer.wrap(bytes);
    }

    private Object[] values(MessageType type) {
        return type.fields().stream().map(field -> value(field.type())).toArray();
    }

    private Object value(FieldType type) {
        return switch (type.kind()) {
            case INT -> random.nextInt();
            case INT64 -> random.nextLong();
            case USHORT -> random.nextInt(1 << 16);
            case UCHAR -> random.nextInt(1 << 8);
            case BOOL -> (byte) random.nextInt();
            case FLOAT64 -> Double.longBitsToDouble(random.nextLong());
            case STRING -> "xé".repeat(random.nextInt(2));
            case VAR_STRING -> text();
            case RAW -> new byte[random.nextInt(20)];
        };
    }

    private String text() {
        int[] points = IntStream.generate(() -> random.nextInt(Character.MAX_CODE_POINT + 1))
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .limit(random.nextInt(8))
                .toArray();
        return new String(points, 0, points.length);
    }
}
