package dev.pitot.message.link;

import dev.pitot.message.channel.CloseReason;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.time.Duration;

/// Values as people read them, for the sentences of reasons and errors.
public final class ReasonText {
    private static final int NANO_DIGITS = 9;
    private static final int MILLI_DIGITS = 3;

    private ReasonText() {}

    /// Returns a time like `10 s` or `1.5 s`, below a second like `100 ms`.
    public static String of(Duration time) {
        BigDecimal seconds = BigDecimal.valueOf(time.getSeconds()).add(BigDecimal.valueOf(time.getNano(), NANO_DIGITS));
        boolean isShort = seconds.signum() != 0 && seconds.abs().compareTo(BigDecimal.ONE) < 0;
        BigDecimal number = isShort ? seconds.movePointRight(MILLI_DIGITS) : seconds;
        return number.stripTrailingZeros().toPlainString() + (isShort ? " ms" : " s");
    }

    /// Returns `host:port` or `[address]:port`, with the host as the user gave it.
    public static String of(InetSocketAddress address) {
        String host = address.getHostString();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    /// Returns what an exception says, without the name of its class unless it says nothing.
    public static String of(Throwable failure) {
        String text = failure.getMessage();
        if (failure instanceof OutOfMemoryError) {
            return text == null ? "out of memory" : "out of memory (" + text + ")";
        }
        return text == null || text.isBlank() ? failure.getClass().getSimpleName() : text;
    }

    /// Returns what a reason says; if it has no words of its own, those of its cause.
    public static String of(CloseReason reason) {
        if (!reason.text().isEmpty()) {
            return reason.text();
        }
        return switch (reason.cause()) {
            case LOCAL -> "this end closed it";
            case REMOTE -> "the peer closed it";
            case TIMEOUT -> "nothing came from it for too long";
            case REJECTED -> "the server refused it";
            case FULL -> "the server has as many clients as it takes";
            case VERSION -> "the ends speak different versions of the protocol";
            case PROTOCOL -> "the peer broke the protocol";
            case UNTRUSTED -> "one end could not prove to the other who it is";
            case SOCKET -> "the socket failed";
            case RESET -> "the server has restarted, or ended the connection";
        };
    }
}
