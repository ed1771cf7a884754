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
    private final ByteBuffer subject = ByteBuffer.allocate(8 + 2 + 2 + MAX_ADDRESS_BYTES);

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

    /// Whether a datagram is of the extended mode, and not one of legume's.
    ///
    /// @param datagram from position to limit, which stay
    public static boolean isExtended(ByteBuffer datagram) {
        return datagram.remaining() > PacketHeader.MARK_AT
                && PacketHeader.unsigned(datagram, datagram.position() + PacketHeader.MARK_AT) == PacketHeader.MARK;
    }

    /// The nonce of a ConnectRequest from a client that speaks the extended mode, 1..65535; 0 if
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

    /// The hello that a datagram is, if its cookie is one that this server gave to that address
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
        byte[] given = ByteBuffer.allocate(COOKIE_BYTES)
                .putLong(hello.token().cookie())
                .array();
        int nonce = hello.token().nonce();
        long slot = slot(nowNanos);
        boolean isCurrent = isSame(given, cookie(slot, nonce, client));
        boolean isPrevious = isSame(given, cookie(slot - 1, nonce, client));
        return isCurrent || isPrevious ? hello : null;
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
        subject.put(client.getAddress().getAddress()).flip();
        mac.update(subject);
        return mac.doFinal();
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
