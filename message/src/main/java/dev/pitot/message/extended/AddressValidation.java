package dev.pitot.message.extended;

import dev.pitot.message.channel.CloseReason;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The server's side of what comes before a connection: it asks unknown senders to prove that they get
/// what is sent to their address, and keeps nothing of them. One thread calls it.
public final class AddressValidation {
    /// The longest datagram that it writes.
    public static final int MAX_ANSWER = 256;

    /// Size of the answer to a packet of no connection: header, and connection id and number of the packet.
    static final int RESET_SIZE = PacketHeader.HEADER + 8;

    private static final String HMAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int COOKIE_BYTES = 8;
    private static final long SLOT_SECONDS = 10;
    private static final int MAX_ADDRESS_BYTES = 16;

    /// A ConnectRequest of legume's with the flags `AA`: id, nonce, flags, type, protocol.
    private static final int REQUEST_SIZE = 7;

    private static final int REQUEST_FLAGS = 0xAA;
    private static final int REQUEST_TYPE = 2;
    private static final int LEGUME_PROTOCOL = 4;

    private final Mac mac;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer subject = ByteBuffer.allocate(8 + 4 + 2 + MAX_ADDRESS_BYTES);

    /// Draws the key that proves cookies. It is never shown.
    public AddressValidation(SecureRandom random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        try {
            mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + HMAC + ", which every Java must have", e);
        }
    }

    /// True if a datagram is of the extended mode, and not one of legume's.
    ///
    /// @param datagram from position to limit, which stay
    public static boolean isExtended(ByteBuffer datagram) {
        return datagram.remaining() > PacketHeader.MARK_AT
                && PacketHeader.unsigned(datagram, datagram.position() + PacketHeader.MARK_AT) == PacketHeader.MARK;
    }

    /// Returns the nonce of a ConnectRequest from a client that speaks the extended mode, 1..65535; 0 if
    /// the datagram is not one.
    ///
    /// @param datagram from position to limit, which stay
    public static int nonceOf(ByteBuffer datagram) {
        int at = datagram.position();
        boolean isRequest = datagram.remaining() == REQUEST_SIZE
                && PacketHeader.unsigned(datagram, at + 4) == REQUEST_FLAGS
                && PacketHeader.unsigned(datagram, at + 5) == REQUEST_TYPE
                && PacketHeader.unsigned(datagram, at + 6) == LEGUME_PROTOCOL;
        return isRequest ? PacketHeader.unsigned(datagram, at + 2) << 8 | PacketHeader.unsigned(datagram, at + 3) : 0;
    }

    /// Writes the answer to a ConnectRequest. It is less than three times as long.
    ///
    /// @param nonce of the request
    /// @param client where it came from
    /// @param nowNanos of the server's monotonic clock
    /// @param into is cleared, written, and ready to be read; [#MAX_ANSWER] bytes are enough
    public void challenge(int nonce, InetSocketAddress client, long nowNanos, ByteBuffer into) {
        into.clear().order(ByteOrder.BIG_ENDIAN);
        PacketHeader.begin(into, 0, PacketHeader.CHALLENGE);
        into.putShort((short) nonce).put(cookie(slot(nowNanos), nonce, client), 0, COOKIE_BYTES);
        into.flip();
        PacketHeader.seal(into, crc);
    }

    /// Returns the hello that a datagram is, if its cookie is one that this server gave to that address
    /// for that nonce not longer than 20 s ago; else null, and nothing should be answered. Its
    /// version may be another than this end's.
    ///
    /// @param datagram from position to limit, which stay
    public @Nullable Hello verify(ByteBuffer datagram, InetSocketAddress client, long nowNanos) {
        datagram.order(ByteOrder.BIG_ENDIAN);
        Hello hello = Hello.parse(datagram, crc);
        if (hello == null) {
            return null;
        }
        byte[] given = bytes(hello.token().cookie());
        int nonce = hello.token().nonce();
        long slot = slot(nowNanos);
        boolean isCurrent = isSame(given, cookie(slot, nonce, client));
        boolean isPrevious = isSame(given, cookie(slot - 1, nonce, client));
        return isCurrent || isPrevious ? hello : null;
    }

    /// Writes a new challenge, if a datagram that [#verify] did not like is a hello whose cookie is too old, or of a
    /// server that was here before. It is much shorter than the hello.
    ///
    /// @param datagram from position to limit, which stay
    /// @param into is cleared, written, and ready to be read; [#MAX_ANSWER] bytes are enough
    /// @return whether it is to be sent
    public boolean challengeAgain(ByteBuffer datagram, InetSocketAddress client, long nowNanos, ByteBuffer into) {
        Hello hello = Hello.parse(datagram, crc);
        if (hello != null) {
            challenge(hello.token().nonce(), client, nowNanos, into);
        }
        return hello != null;
    }

    /// Returns the connection id of a packet, or 0 if the datagram is not one.
    ///
    /// @param datagram from position to limit, which stay
    public static int connectionIdOf(ByteBuffer datagram) {
        boolean isPacket = datagram.remaining() > Frames.PACKET_HEADER
                && PacketHeader.isMarked(datagram)
                && PacketHeader.kind(datagram) == PacketHeader.PACKET;
        return isPacket ? datagram.getInt(datagram.position()) : 0;
    }

    /// Writes the answer to a packet whose connection is not known: its sender, which has one with a server that was
    /// here before, knows by it that it is over. It is little longer than the shortest packet, and shows
    /// nothing that was not in the packet.
    ///
    /// @param datagram from position to limit, which stay
    /// @param into is cleared, written, and ready to be read; [#MAX_ANSWER] bytes are enough
    /// @return whether it is to be sent
    public boolean reset(ByteBuffer datagram, ByteBuffer into) {
        int id = connectionIdOf(datagram.order(ByteOrder.BIG_ENDIAN));
        if (id == 0 || !PacketHeader.isIntact(datagram, crc)) {
            return false;
        }
        into.clear().order(ByteOrder.BIG_ENDIAN);
        PacketHeader.begin(into, 0, PacketHeader.RESET);
        into.putInt(id)
                .putInt(datagram.getInt(datagram.position() + PacketHeader.HEADER))
                .flip();
        PacketHeader.seal(into, crc);
        return true;
    }

    /// Token that a peer must send back from an address that it has moved to.
    ///
    /// @param current to be sent there
    /// @param previous counts too: it was current at most 10 s ago
    public record PathToken(long current, long previous) {
        boolean matches(long given) {
            byte[] bytes = bytes(given);
            boolean isCurrent = MessageDigest.isEqual(bytes, bytes(current));
            boolean isPrevious = MessageDigest.isEqual(bytes, bytes(previous));
            return isCurrent || isPrevious;
        }

        @Override
        public String toString() {
            return "PathToken[]"; // a secret
        }
    }

    /// Returns the token for a connection and an address that its peer may have moved to.
    public PathToken pathToken(int connectionId, InetSocketAddress address, long nowNanos) {
        long slot = slot(nowNanos);
        return new PathToken(pathToken(slot, connectionId, address), pathToken(slot - 1, connectionId, address));
    }

    private long pathToken(long slot, int connectionId, InetSocketAddress address) {
        subject.clear();
        subject.putLong(slot).putInt(connectionId).putShort((short) address.getPort());
        return ByteBuffer.wrap(digest(address)).getLong();
    }

    /// Writes the refusal of a hello that was verified.
    ///
    /// @param into is cleared, written, and ready to be read; [#MAX_ANSWER] bytes are enough
    public void refusal(Hello hello, CloseReason reason, ByteBuffer into) {
        HandshakePackets.writeRefusal(hello, reason, into, crc);
    }

    private byte[] cookie(long slot, int nonce, InetSocketAddress client) {
        subject.clear();
        subject.putLong(slot).putShort((short) nonce).putShort((short) client.getPort());
        return digest(client);
    }

    /// Of the subject and an address. Subjects of cookies and of path tokens differ in length.
    private byte[] digest(InetSocketAddress address) {
        mac.update(subject.put(address.getAddress().getAddress()).flip());
        return mac.doFinal();
    }

    private static byte[] bytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static boolean isSame(byte[] cookie, byte[] digest) {
        byte[] start = new byte[COOKIE_BYTES];
        System.arraycopy(digest, 0, start, 0, COOKIE_BYTES);
        return MessageDigest.isEqual(cookie, start);
    }

    private static long slot(long nowNanos) {
        return Math.floorDiv(nowNanos, TimeUnit.SECONDS.toNanos(SLOT_SECONDS));
    }
}
