package dev.pitot.lab.engine;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The long options of iperf 2 that apetools knew, with its rules (iperfparameters:
/// IperfParameters and its heirs), in the order of the alphabet.
public enum Iperf2Parameter {
    BANDWIDTH(For.UDP_CLIENT, Value.SIZE),
    BIND(For.ALL, Value.WORD),
    COMPATIBILITY(For.ALL, Value.NONE),
    DAEMON(For.SERVER, Value.NONE),
    DUALTEST(For.CLIENT, Value.NONE),
    /// Known as `-F` to all versions; the long name is gone from 2.1.
    FILEINPUT(For.CLIENT, Value.WORD, "-F"),
    FORMAT(For.ALL, Value.FORMAT),
    INTERVAL(For.ALL, Value.NUMBER),
    /// `-V` in all versions; `IPv6Version` in 2.0, `ipv6_domain` in 2.1.
    IPV6VERSION(For.ALL, Value.NONE, "-V"),
    LEN(For.ALL, Value.SIZE),
    LISTENPORT(For.CLIENT, Value.PORT),
    MSS(For.TCP, Value.COUNT),
    NODELAY(For.TCP, Value.NONE),
    NUM(For.CLIENT, Value.SIZE),
    OUTPUT(For.ALL, Value.WORD),
    PARALLEL(For.ALL, Value.COUNT),
    PORT(For.ALL, Value.PORT),
    PRINT_MSS(For.TCP, Value.NONE),
    REPORTEXCLUDE(For.ALL, Value.REPORTS),
    REPORTSTYLE(For.ALL, Value.STYLE),
    SINGLE_UDP(For.UDP_SERVER, Value.NONE),
    TIME(For.CLIENT, Value.NUMBER),
    TRADEOFF(For.CLIENT, Value.NONE),
    TTL(For.CLIENT, Value.HOPS),
    WINDOW(For.TCP, Value.SIZE);

    private static final int LAST_PORT = 65_535;
    private static final int MOST_HOPS = 255; // a byte of the IP header (RFC 791)

    private final For whom;
    private final Value value;
    private final String word;

    Iperf2Parameter(For whom, Value value, String word) {
        this.whom = whom;
        this.value = value;
        this.word = word;
    }

    Iperf2Parameter(For whom, Value value) {
        this.whom = whom;
        this.value = value;
        this.word = "--" + name().toLowerCase(Locale.ROOT);
    }

    /// Which end and protocol a parameter is for.
    private enum For {
        ALL("every end"),
        CLIENT("clients"),
        SERVER("servers"),
        TCP("TCP"),
        UDP_CLIENT("UDP clients"),
        UDP_SERVER("UDP servers");

        private final String words;

        For(String words) {
            this.words = words;
        }
    }

    /// What a parameter's value may be.
    private enum Value {
        NONE("", "on or off"),
        WORD("\\S+", "a word without spaces"),
        FORMAT("[bkmgBKMG]", "one of b, k, m, g, K, M and G"),
        NUMBER("[0-9]{1,9}(\\.[0-9])?", "a number of seconds with at most one decimal"),
        COUNT("0*[1-9][0-9]{0,8}", "a whole number above 0"),
        SIZE("[0-9]{1,15}[KM]?", "a whole number with K, M or nothing behind it"),
        PORT("[0-9]{1,5}", "a port from 1 to 65535"),
        HOPS("[0-9]{1,3}", "a number from 1 to 255"),
        REPORTS("(?!.*(.).*\\1)[CDMSV]{1,5}", "some of the letters C, D, M, S and V, each once"),
        STYLE("[cC]", "C");

        private final Pattern pattern;
        private final String words;

        Value(String pattern, String words) {
            this.pattern = Pattern.compile(pattern);
            this.words = words;
        }
    }

    /// Its name as apetools has it.
    public String parameterName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// How iperf 2 takes it.
    public String word() {
        return word;
    }

    /// Whether it is given or not, without a value.
    public boolean isSwitch() {
        return value == Value.NONE;
    }

    /// Whether an end of a test may have it.
    public boolean isFor(boolean isClient, boolean isUdp) {
        return switch (whom) {
            case ALL -> true;
            case CLIENT -> isClient;
            case SERVER -> !isClient;
            case TCP -> !isUdp;
            case UDP_CLIENT -> isClient && isUdp;
            case UDP_SERVER -> !isClient && isUdp;
        };
    }

    /// Whom it is for, for messages.
    String users() {
        return whom.words;
    }

    /// Checks a value.
    ///
    /// @throws IllegalArgumentException in one sentence, if it is not what it must be
    public void check(@Nullable String text) {
        if (text == null || !value.pattern.matcher(text).matches() || !isInRange(text)) {
            throw new IllegalArgumentException("iperf 2's '" + parameterName() + "' is " + value.words + ": "
                    + (text == null || text.isEmpty() ? "give one" : "'" + text + "' is not"));
        }
    }

    private boolean isInRange(String text) {
        return switch (value) {
            case PORT -> isWithin(Integer.parseInt(text), LAST_PORT);
            case HOPS -> isWithin(Integer.parseInt(text), MOST_HOPS);
            case NUMBER -> Double.parseDouble(text) > 0;
            case NONE, WORD, FORMAT, COUNT, SIZE, REPORTS, STYLE -> true;
        };
    }

    private static boolean isWithin(int number, int last) {
        return number >= 1 && number <= last;
    }
}
