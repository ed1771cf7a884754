package dev.pitot.lab.tool;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The long options of iperf 2 that apetools knew, with its rules (iperfparameters:
/// IperfParameters and its heirs), in the order of the alphabet.
public enum Iperf2Parameter {
    BANDWIDTH(Scope.UDP_CLIENT, Value.SIZE),
    BIND(Scope.ALL, Value.WORD),
    COMPATIBILITY(Scope.ALL, Value.NONE),
    DAEMON(Scope.SERVER, Value.NONE),
    DUALTEST(Scope.CLIENT, Value.NONE),
    /// Known as `-F` to all versions; the long name is gone from 2.1.
    FILEINPUT(Scope.CLIENT, Value.WORD, "-F"),
    FORMAT(Scope.ALL, Value.FORMAT),
    INTERVAL(Scope.ALL, Value.NUMBER),
    /// `-V` in all versions; `IPv6Version` in 2.0, `ipv6_domain` in 2.1.
    IPV6VERSION(Scope.ALL, Value.NONE, "-V"),
    LEN(Scope.ALL, Value.SIZE),
    LISTENPORT(Scope.CLIENT, Value.PORT),
    MSS(Scope.TCP, Value.COUNT),
    NODELAY(Scope.TCP, Value.NONE),
    NUM(Scope.CLIENT, Value.SIZE),
    OUTPUT(Scope.ALL, Value.WORD),
    PARALLEL(Scope.ALL, Value.COUNT),
    PORT(Scope.ALL, Value.PORT),
    PRINT_MSS(Scope.TCP, Value.NONE),
    REPORTEXCLUDE(Scope.ALL, Value.REPORTS),
    REPORTSTYLE(Scope.ALL, Value.STYLE),
    SINGLE_UDP(Scope.UDP_SERVER, Value.NONE),
    TIME(Scope.CLIENT, Value.NUMBER),
    TRADEOFF(Scope.CLIENT, Value.NONE),
    TTL(Scope.CLIENT, Value.HOPS),
    WINDOW(Scope.TCP, Value.SIZE);

    private static final int LAST_PORT = 65_535;
    private static final int MOST_HOPS = 255; // a byte of the IP header (RFC 791)

    private final Scope scope;
    private final Value value;
    private final String longOption;

    Iperf2Parameter(Scope whom, Value value, String word) {
        this.scope = whom;
        this.value = value;
        this.longOption = word;
    }

    Iperf2Parameter(Scope whom, Value value) {
        this.scope = whom;
        this.value = value;
        this.longOption = "--" + name().toLowerCase(Locale.ROOT);
    }

    /// Which end and protocol a parameter is for.
    private enum Scope {
        ALL("every end"),
        CLIENT("clients"),
        SERVER("servers"),
        TCP("TCP"),
        UDP_CLIENT("UDP clients"),
        UDP_SERVER("UDP servers");

        private final String words;

        Scope(String words) {
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
    public String longOption() {
        return longOption;
    }

    /// Whether it is given or not, without a value.
    public boolean isSwitch() {
        return value == Value.NONE;
    }

    /// Whether an end of a test may have it.
    public boolean isFor(boolean isClient, boolean isUdp) {
        return switch (scope) {
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
        return scope.words;
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
