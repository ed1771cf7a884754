package dev.pitot.lab.tool;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The options that only iperf 2 has, of those that apetools knew (iperfparameters: IperfParameters and
/// its heirs).
public enum Iperf2Parameter {
    COMPATIBILITY(End.BOTH),
    DAEMON(End.SERVER),
    DUALTEST(End.CLIENT),
    /// Known as `-F` to all versions; the long name is gone from 2.1.
    FILEINPUT(End.CLIENT, "\\S+", "a word without spaces"),
    FORMAT(End.BOTH, "[bkmgBKMG]", "one of b, k, m, g, K, M and G"),
    LISTENPORT(End.CLIENT, "[0-9]{1,5}", "a port from 1 to 65535"),
    PRINT_MSS(End.BOTH),
    REPORTEXCLUDE(End.BOTH, "(?!.*(.).*\\1)[CDMSV]{1,5}", "some of the letters C, D, M, S and V, each once"),
    REPORTSTYLE(End.BOTH, "[cC]", "C"),
    SINGLE_UDP(End.SERVER),
    TRADEOFF(End.CLIENT),
    TTL(End.CLIENT, "[0-9]{1,3}", "a number from 1 to 255");

    private final End end;
    private final @Nullable Pattern value;
    private final String words;

    Iperf2Parameter(End end) {
        this.end = end;
        this.value = null;
        this.words = "on or off";
    }

    Iperf2Parameter(End end, String value, String words) {
        this.end = end;
        this.value = Pattern.compile(value);
        this.words = words;
    }

    /// Which end of a test a parameter is for.
    private enum End {
        BOTH,
        CLIENT,
        SERVER
    }

    /// Its name as apetools has it.
    String parameterName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// How iperf 2 takes it.
    public String longOption() {
        return this == FILEINPUT ? "-F" : "--" + parameterName();
    }

    /// Whether it is given or not, without a value.
    public boolean isSwitch() {
        return value == null;
    }

    /// Whether a client, or else a server, may have it.
    public boolean isFor(boolean isClient) {
        return end == End.BOTH || isClient == (end == End.CLIENT);
    }

    /// Checks the form of a value.
    ///
    /// @throws IllegalArgumentException in one sentence, if it is not what it must be
    public void check(@Nullable String text) {
        if (text == null || value == null || !value.matcher(text).matches()) {
            throw new IllegalArgumentException("iperf 2's '" + parameterName() + "' is " + words + ": "
                    + (text == null || text.isEmpty() ? "give one" : "'" + text + "' is not"));
        }
    }
}
