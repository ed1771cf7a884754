package dev.pitot.message.extended;

import dev.pitot.message.channel.CloseReason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The server's datagrams before a connection is open, and texts as the wire carries them.
final class HandshakePackets {
    private static final int NONCE_AT = 10;
    private static final int COOKIE_AT = 12;
    private static final int CHALLENGE_SIZE = 20;
    private static final int SERVER_ID_AT = 12;
    private static final int VERSION_AT = 16;
    private static final int LARGEST_MESSAGE_AT = 17;
    private static final int CREDIT_AT = 21;
    private static final int CAUSE_AT = 12;
    private static final int LENGTH_AT = 13;
    private static final int TEXT_AT = 14;

    private HandshakePackets() {}

    /// A server's answer to a hello that it accepts.
    ///
    /// @param serverId by which the server wants to be addressed
    record Welcome(int serverId, Hello.TransportParameters parameters) {}

    /// Returns the cookie of a challenge for a nonce, or null if the datagram is none.
    static @Nullable Long parseChallenge(ByteBuffer datagram, int nonce) {
        boolean isMine = datagram.remaining() == CHALLENGE_SIZE && isFor(datagram, 0, PacketHeader.CHALLENGE, nonce);
        return isMine ? datagram.getLong(datagram.position() + COOKIE_AT) : null;
    }

    static void writeWelcome(Hello hello, Welcome welcome, ByteBuffer into, CRC32C crc) {
        into.clear();
        PacketHeader.begin(into, hello.clientId(), PacketHeader.WELCOME);
        into.putShort((short) hello.token().nonce())
                .putInt(welcome.serverId)
                .put((byte) PacketHeader.VERSION)
                .putInt((int) welcome.parameters.largestMessage())
                .putLong(welcome.parameters.credit());
        while (into.position() < hello.parameters().largestDatagram()) {
            into.put((byte) 0);
        }
        into.flip();
        PacketHeader.seal(into, crc);
    }

    /// @param size of the hello, which the welcome has too
    static @Nullable Welcome parseWelcome(ByteBuffer datagram, int clientId, int nonce, int size) {
        int at = datagram.position();
        boolean isMine = datagram.remaining() == size
                && isFor(datagram, clientId, PacketHeader.WELCOME, nonce)
                && PacketHeader.unsigned(datagram, at + VERSION_AT) == PacketHeader.VERSION;
        if (!isMine) {
            return null;
        }
        int serverId = datagram.getInt(at + SERVER_ID_AT);
        Hello.TransportParameters parameters = new Hello.TransportParameters(
                PacketHeader.unsignedInt(datagram, at + LARGEST_MESSAGE_AT), datagram.getLong(at + CREDIT_AT), size);
        return serverId != 0 && parameters.makesSense() ? new Welcome(serverId, parameters) : null;
    }

    static void writeRefusal(Hello hello, CloseReason reason, ByteBuffer into, CRC32C crc) {
        into.clear().order(ByteOrder.BIG_ENDIAN);
        PacketHeader.begin(into, hello.clientId(), PacketHeader.REFUSAL);
        byte[] text = text(reason.text());
        into.putShort((short) hello.token().nonce())
                .put(CloseCodes.wire(reason.cause()))
                .put((byte) text.length)
                .put(text);
        into.flip();
        PacketHeader.seal(into, crc);
    }

    static @Nullable CloseReason parseRefusal(ByteBuffer datagram, int clientId, int nonce) {
        int at = datagram.position();
        if (datagram.remaining() < TEXT_AT || !isFor(datagram, clientId, PacketHeader.REFUSAL, nonce)) {
            return null;
        }
        int length = PacketHeader.unsigned(datagram, at + LENGTH_AT);
        CloseReason.Cause cause = CloseCodes.of(PacketHeader.unsigned(datagram, at + CAUSE_AT));
        boolean isValid = length <= Frames.MAX_TEXT && datagram.remaining() == TEXT_AT + length;
        return isValid && cause != null ? reason(cause, datagram, at + TEXT_AT, length) : null;
    }

    private static boolean isFor(ByteBuffer datagram, int id, int kind, int nonce) {
        int at = datagram.position();
        return datagram.getInt(at) == id
                && PacketHeader.kind(datagram) == kind
                && PacketHeader.unsignedShort(datagram, at + NONCE_AT) == nonce;
    }

    /// Returns what the peer says, as this end reports it: that the peer closed, unless it says that it
    /// never wanted this end.
    static CloseReason reason(CloseReason.Cause cause, ByteBuffer from, int at, int length) {
        byte[] bytes = new byte[length];
        from.get(at, bytes);
        String text = new String(bytes, StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?"); // it may reach a terminal
        return switch (cause) {
            case REJECTED, FULL, VERSION, UNTRUSTED -> new CloseReason(cause, text);
            case LOCAL, REMOTE, TIMEOUT, PROTOCOL, SOCKET, RESET -> new CloseReason(CloseReason.Cause.REMOTE, text);
        };
    }

    /// Returns a text's bytes, cut where a character begins if there are too many.
    static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= Frames.MAX_TEXT) {
            return bytes;
        }
        int end = Frames.MAX_TEXT;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        byte[] start = new byte[end];
        System.arraycopy(bytes, 0, start, 0, end);
        return start;
    }
}
