package dev.pitot.cli.address;

import dev.pitot.model.text.ErrorText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Host and port, as given.
///
/// @param host a name or a literal address without brackets; empty for every address
/// @param port 0..65535; 0, for a server, requests a free one from the system
public record HostPort(String host, int port) {
    private static final int MAX_PORT = 65_535;
    private static final Pattern LISTEN = Pattern.compile("(?:\\[([^\\[\\]]+)]|([^:\\[\\]]*)):([0-9]{1,5})");
    private static final Pattern SERVER =
            Pattern.compile("(?:\\[([^\\[\\]]+)](?::([0-9]{1,5}))?|([^:\\[\\]]+)(?::([0-9]{1,5}))?)");

    /// Parses the value of `--listen`: `ADDR:PORT`, `[ADDR]:PORT` or `:PORT`.
    ///
    /// @param usualPort for examples in the error message
    /// @throws IllegalArgumentException with a message for users, if it is invalid
    public static HostPort listening(String text, int usualPort) {
        Matcher parts = LISTEN.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(3)) > MAX_PORT) {
            throw new IllegalArgumentException(
                    "invalid value '%s' for --listen: ADDR:PORT, like 127.0.0.1:%2$d, [::1]:%2$d or :%2$d, is needed"
                            .formatted(text, usualPort));
        }
        return new HostPort(parts.group(1) == null ? parts.group(2) : parts.group(1), Integer.parseInt(parts.group(3)));
    }

    /// Parses `HOST`, `HOST:PORT`, `[ADDR]`, `[ADDR]:PORT`, or an IPv6 address alone.
    ///
    /// @param usualPort default port
    /// @throws IllegalArgumentException with a message for users, if it is invalid
    public static HostPort server(String text, int usualPort) {
        if (text.indexOf(':') != text.lastIndexOf(':') && text.indexOf('[') < 0) {
            return new HostPort(text, usualPort);
        }
        Matcher parts = SERVER.matcher(text);
        boolean isPlace = parts.matches();
        String port = isPlace ? parts.group(parts.group(1) == null ? 4 : 2) : null;
        int number = port == null ? usualPort : Integer.parseInt(port);
        if (!isPlace || number < 1 || number > MAX_PORT) {
            throw new IllegalArgumentException("invalid server '" + text
                    + "': HOST, HOST:PORT or [ADDR]:PORT, with a port of 1 to 65535, is needed");
        }
        String host = parts.group(parts.group(1) == null ? 3 : 1);
        return new HostPort(host, number);
    }

    /// Returns a copy with the port that the system chose.
    public HostPort withPort(int chosen) {
        return new HostPort(host, chosen);
    }

    /// Resolves the host, which may block for a while.
    ///
    /// @throws IOException with a message for users, if the name is unknown
    public InetSocketAddress resolve() throws IOException {
        if (host.isEmpty()) {
            return new InetSocketAddress(port);
        }
        try {
            InetAddress address = InetAddress.getByName(host);
            boolean isShort = host.indexOf(':') >= 0 && host.indexOf('%') < 0; // otherwise the system's long form
            return new InetSocketAddress(
                    isShort ? InetAddress.getByAddress(host, address.getAddress()) : address, port);
        } catch (UnknownHostException e) { // its message is just the name
            throw new IOException("the host '" + host + "' is not known: check its spelling, or give its address", e);
        }
    }

    /// The syntax that [#server] and [#listening] parse.
    @Override
    public String toString() {
        return ErrorText.of(host, port);
    }
}
