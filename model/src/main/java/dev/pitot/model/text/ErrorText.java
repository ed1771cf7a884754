package dev.pitot.model.text;

import java.math.BigDecimal;
import java.time.Duration;

/// Values as people read them in the sentences of errors.
public final class ErrorText {
    private static final int NANO_DIGITS = 9;
    private static final int MILLI_DIGITS = 3;

    private ErrorText() {}

    /// Returns a time like `10 s` or `1.5 s`, below a second like `100 ms`. Nothing is rounded.
    public static String of(Duration time) {
        BigDecimal seconds = BigDecimal.valueOf(time.getSeconds()).add(BigDecimal.valueOf(time.getNano(), NANO_DIGITS));
        boolean isShort = seconds.signum() != 0 && seconds.abs().compareTo(BigDecimal.ONE) < 0;
        BigDecimal number = isShort ? seconds.movePointRight(MILLI_DIGITS) : seconds;
        return number.stripTrailingZeros().toPlainString() + (isShort ? " ms" : " s");
    }

    /// Returns `host:port` or `[address]:port`.
    public static String of(String host, int port) {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    /// Returns what an exception says, without the name of its class unless it says nothing.
    public static String of(Throwable failure) {
        String text = failure.getMessage();
        if (failure instanceof OutOfMemoryError) {
            return text == null ? "out of memory" : "out of memory (" + text + ")";
        }
        return text == null || text.isBlank() ? failure.getClass().getSimpleName() : text;
    }

    /// Returns a text that ends as a sentence does: with a period, unless it has its own end already, as the
    /// text of a peer may.
    public static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("?") || text.endsWith("!") ? text : text + ".";
    }
}
