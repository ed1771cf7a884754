package dev.pitot.wire.auth;

import dev.pitot.model.text.SurrogateEscape;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Text inside a token (iperf_auth.c: auth_text_format), and a parser that accepts what scanf
/// accepts: any white space, or none, where the format has some; values end at white space; the
/// text ends at a NUL; anything after the last value is ignored. A parser instance is for one text
/// and one thread.
final class ClaimText {
    private static final int LAST_CONTROL_SPACE = '\r'; // after tab, line feed, vertical tab and form feed

    private final byte[] text;
    private int at;

    private ClaimText(byte[] text) {
        this.text = text;
    }

    /// Returns the text that a client encrypts, byte for byte as iperf does.
    static byte[] of(String user, String password, Instant time) {
        return SurrogateEscape.encode("user: " + user + "\npwd:  " + password + "\nts:   " + time.getEpochSecond());
    }

    /// Parses a claim; null if the text has another form.
    static @Nullable Claim read(byte[] text) {
        return new ClaimText(text).claim();
    }

    private @Nullable Claim claim() {
        String user = value("user:");
        String password = user == null ? null : value("pwd:");
        Long seconds = password == null || !skip("ts:") ? null : number();
        return user == null || password == null || seconds == null ? null : new Claim(user, password, instant(seconds));
    }

    /// Returns the value after a name, or null if the name or the value is missing.
    private @Nullable String value(String name) {
        if (!skip(name)) {
            return null;
        }
        int start = at;
        while (current() != 0 && !isSpace(current())) {
            at++;
        }
        String value = at == start ? null : SurrogateEscape.decode(Arrays.copyOfRange(text, start, at));
        skipSpace();
        return value;
    }

    private boolean skip(String name) {
        for (int i = 0; i < name.length(); i++, at++) {
            if (current() != name.charAt(i)) {
                return false;
            }
        }
        skipSpace();
        return true;
    }

    private void skipSpace() {
        while (isSpace(current())) {
            at++;
        }
    }

    /// Parses like C's strtol: values beyond a `long` are clamped.
    private @Nullable Long number() {
        boolean isNegative = current() == '-';
        if (isNegative || current() == '+') {
            at++;
        }
        int start = at;
        long value = 0;
        for (; current() >= '0' && current() <= '9'; at++) {
            int digit = current() - '0';
            value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : value * 10 + digit;
        }
        if (at == start) {
            return null;
        }
        return isNegative ? -value : value;
    }

    private static Instant instant(long seconds) {
        return Instant.ofEpochSecond(Math.clamp(seconds, Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()));
    }

    private int current() {
        return at < text.length ? text[at] : 0;
    }

    private static boolean isSpace(int character) {
        return character == ' ' || (character >= '\t' && character <= LAST_CONTROL_SPACE);
    }
}
