package dev.pitot.command;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A host as given to `-c` and `-B`: `host%device` also sets the device, as `--bind-dev` does. If the
/// host is a link-local IPv6 address, the percent sign and the text after it are the address's zone
/// (iperf_api.c: iperf_parse_hostname).
///
/// @param device null for none
record HostDevice(String host, @Nullable String device) {
    static HostDevice parse(String text) {
        List<String> parts = Arrays.stream(text.split("%", -1))
                .filter(part -> !part.isEmpty())
                .toList(); // as strtok splits them
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
