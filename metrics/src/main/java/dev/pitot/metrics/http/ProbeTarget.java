package dev.pitot.metrics.http;

import dev.pitot.model.config.Endpoint;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Target of a probe. It comes from an unauthenticated request, so it is validated: a host name or
/// an address, and no character that is special to a shell, a log or an option parser.
///
/// @param host a name or a literal address, without brackets
/// @param port 1..65535
public record ProbeTarget(String host, int port) {
    private static final int MAX_HOST_CHARS = 253; // RFC 1035, 2.3.4, as text
    private static final int MAX_PORT = 65_535;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9._-]+)?");
    private static final Pattern BRACKETED = Pattern.compile("\\[([^\\[\\]]*:[^\\[\\]]*)](?::([0-9]{1,5}))?");
    private static final Pattern PLAIN = Pattern.compile("([^:]*)(?::([0-9]{1,5}))?");

    /// @throws IllegalArgumentException if the host is invalid, or the port is out of range
    public ProbeTarget {
        boolean isHost = NAME.matcher(host).matches() || IPV6.matcher(host).matches();
        if (!isHost || host.length() > MAX_HOST_CHARS) {
            throw new IllegalArgumentException("target is not a host name or address");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port of target not in 1.." + MAX_PORT + ": " + port);
        }
    }

    /// Parses `host`, `host:port`, `[address]`, `[address]:port` or a bare IPv6 address. The
    /// default port is iperf's, 5201.
    ///
    /// @throws IllegalArgumentException if it has none of these forms; the message does not repeat
    ///     the text
    public static ProbeTarget parse(String text) {
        if (IPV6.matcher(text).matches() && text.indexOf(':') != text.lastIndexOf(':')) {
            return new ProbeTarget(text, Endpoint.DEFAULT_PORT);
        }
        Matcher parts = (text.startsWith("[") ? BRACKETED : PLAIN).matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("target is not of the form host or host:port");
        }
        String port = parts.group(2);
        return new ProbeTarget(parts.group(1), port == null ? Endpoint.DEFAULT_PORT : Integer.parseInt(port));
    }

    /// Returns a form that [#parse] accepts.
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
