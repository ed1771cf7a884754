package dev.pitot.cli.exporter;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where the exporter serves, as it was written.
///
/// @param host a name or a literal address without brackets; empty for every address
/// @param port 0..65535; 0 asks the system for a free one
record ListenAddress(String host, int port) {
    private static final int MAX_PORT = 65_535;
    private static final Pattern FORM = Pattern.compile("(?:\\[([^\\[\\]]+)]|([^:\\[\\]]*)):([0-9]{1,5})");

    /// Reads `ADDR:PORT`, `[ADDR]:PORT` or `:PORT`.
    ///
    /// @throws IllegalArgumentException with a sentence, if it is none
    static ListenAddress parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(3)) > MAX_PORT) {
            throw new IllegalArgumentException("invalid value '" + text
                    + "' for --listen: ADDR:PORT, like 127.0.0.1:9579, [::1]:9579 or :9579, is needed");
        }
        String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
        return new ListenAddress(host, Integer.parseInt(parts.group(3)));
    }

    /// The same with the port that the system chose.
    ListenAddress withPort(int chosen) {
        return new ListenAddress(host, chosen);
    }

    /// The address to bind.
    ///
    /// @throws IOException with a reason, if there is none of that name
    InetSocketAddress resolve() throws IOException {
        if (host.isEmpty()) {
            return new InetSocketAddress(port);
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) { // its message is the name alone
            throw new IOException("no such address", e);
        }
    }

    /// As [#parse] reads it.
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
