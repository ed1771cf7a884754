package dev.pitot.engine.session;

import dev.pitot.model.config.Endpoint;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// Formats addresses as the C library does and Java does not: IPv6 with its longest run of zeros omitted
/// (RFC 5952).
public final class AddressText {
    private static final int GROUPS = 8;

    private AddressText() {}

    public static Endpoint endpoint(InetSocketAddress address) {
        return new Endpoint(of(address.getAddress()), address.getPort());
    }

    static String of(InetAddress address) {
        if (!(address instanceof Inet6Address six)) {
            return address.getHostAddress();
        }
        String zone = six.getHostAddress();
        int mark = zone.indexOf('%');
        return compressed(six) + (mark < 0 ? "" : zone.substring(mark));
    }

    private static String compressed(Inet6Address address) {
        var groups = ByteBuffer.wrap(address.getAddress()).asShortBuffer();
        int start = 0;
        int length = 1; // a single group of zeros is written out (RFC 5952, 4.2.2)
        for (int i = 0; i < GROUPS; i++) {
            int run = 0;
            while (i + run < GROUPS && groups.get(i + run) == 0) {
                run++;
            }
            if (run > length) {
                start = i;
                length = run;
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < GROUPS; ) {
            if (length > 1 && i == start) {
                text.append("::");
                i += length;
            } else {
                boolean followsGap = text.isEmpty() || text.charAt(text.length() - 1) == ':';
                text.append(followsGap ? "" : ":").append(Integer.toHexString(groups.get(i) & 0xffff));
                i++;
            }
        }
        return text.toString();
    }
}
