package dev.pitot.command;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A host as `-c` and `-B` take it: `host%device` means that device too, as with `--bind-dev`.
/// Where the host is a link-local IPv6 address, the sign and what follows it belong to the
/// address: its zone (iperf_api.c: iperf_parse_hostname).
///
/// @param device null for none
record HostDevice(String host, @Nullable String device) {
    static HostDevice parse(String text) {
        List<String> parts = Arrays.stream(text.split("%", -1))
                .filter(part -> !part.isEmpty())
                .toList(); // as strtok parts them
        return parts.size() < 2 || isLinkLocal(parts.getFirst())
                ? new HostDevice(text, null)
                : new HostDevice(parts.getFirst(), parts.get(1));
    }

    private static boolean isLinkLocal(String host) {
        try {
            return InetAddress.ofLiteral(host) instanceof Inet6Address address && address.isLinkLocalAddress();
        } catch (IllegalArgumentException _) { // a name
            return false;
        }
    }
}
