package dev.pitot.lab.os;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads addresses of an interface. What does not parse as an address is none: nothing is looked
/// up.
final class AddressList {
    /// `inet 10.0.0.1/24`, `inet6 ::1  prefixlen`, `inet addr:10.0.0.1`, `inet6 addr: ::1/128`;
    /// `ip 10.0.0.1 mask` is the `ifconfig` of Android's toolbox.
    private static final Pattern UNIX =
            Pattern.compile("\\b(?:inet6?(?: addr:)?|ip) ?([0-9A-Fa-f:.]{2,45})(?=[/% ]|$)");

    /// `netcfg`: name, state and `address/length`, or address and mask apart.
    private static final Pattern NETCFG = Pattern.compile("(\\S+)\\s+(?:UP|DOWN)\\s+([0-9.]{7,15})[/\\s].*");

    /// `ipconfig`: `   IPv4 Address. . . . . . . . . . . : 10.0.0.1(Preferred)`; the key is
    /// translated, `IPv4` is not. Before Windows Vista it was `IP Address`.
    private static final Pattern IPCONFIG =
            Pattern.compile("\\s.*\\bIP(?:v4|v6)?\\b.*?:\\s+([0-9A-Fa-f:.]{2,45})(?:[%(].*)?\\s*");

    private static final String ADAPTER = "adapter ";
    private static final Pattern QUAD = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

    /// RFC 919 section 7.
    private static final String LIMITED_BROADCAST = "255.255.255.255";

    private AddressList() {}

    /// What `ip -o addr show dev` and `ifconfig` print for one interface.
    static @Nullable List<InetAddress> unix(String output) {
        List<String> texts = new ArrayList<>();
        for (String line : TextSearch.lines(output)) {
            Matcher matcher = UNIX.matcher(line);
            while (matcher.find()) {
                texts.add(matcher.group(1));
            }
        }
        return usable(texts);
    }

    /// What `netcfg` of old Android prints for all interfaces.
    static @Nullable List<InetAddress> netcfg(String networkInterface, String output) {
        return usable(TextSearch.lines(output).stream()
                .map(NETCFG::matcher)
                .filter(matcher -> matcher.matches() && networkInterface.equals(matcher.group(1)))
                .map(matcher -> matcher.group(2))
                .toList());
    }

    /// What `ipconfig` prints for all adapters.
    static @Nullable List<InetAddress> ipconfig(String adapter, String output) {
        List<String> texts = new ArrayList<>();
        boolean isOfAdapter = false;
        for (String line : TextSearch.lines(output)) {
            if (!line.isBlank() && !Character.isWhitespace(line.charAt(0))) {
                isOfAdapter = isTitleOf(adapter, line.strip());
            }
            Matcher matcher = IPCONFIG.matcher(line);
            if (isOfAdapter && matcher.matches()) {
                texts.add(matcher.group(1));
            }
        }
        return usable(texts);
    }

    /// `Wireless LAN adapter Wi-Fi:`; the words before the name are translated.
    private static boolean isTitleOf(String adapter, String title) {
        if (!title.endsWith(":")) {
            return false;
        }
        String words = title.substring(0, title.length() - 1).strip();
        int english = words.toLowerCase(Locale.ROOT).indexOf(ADAPTER);
        return english >= 0
                ? words.substring(english + ADAPTER.length()).equals(adapter)
                : words.endsWith(" " + adapter);
    }

    private static @Nullable List<InetAddress> usable(List<String> texts) {
        List<InetAddress> all = texts.stream()
                .map(AddressList::parsed)
                .flatMap(Stream::ofNullable)
                .filter(AddressList::isReachable)
                .distinct()
                .toList();
        List<InetAddress> sorted = Stream.concat(
                        all.stream().filter(Inet4Address.class::isInstance),
                        all.stream().filter(Inet6Address.class::isInstance))
                .toList();
        return sorted.isEmpty() ? null : sorted;
    }

    private static @Nullable InetAddress parsed(String text) {
        if (text.indexOf(':') < 0) {
            return QUAD.matcher(text).matches() ? Inet4Address.ofLiteral(text) : null;
        }
        try {
            return Inet6Address.ofLiteral(text);
        } catch (IllegalArgumentException e) { // the node wrote something else
            return null;
        }
    }

    private static boolean isReachable(InetAddress address) {
        boolean isOfLinkOnly = address instanceof Inet6Address && address.isLinkLocalAddress();
        return !isOfLinkOnly
                && !address.isAnyLocalAddress()
                && !address.isMulticastAddress()
                && !address.getHostAddress().equals(LIMITED_BROADCAST);
    }
}
