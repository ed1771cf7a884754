package dev.pitot.probe.rpm;

import java.net.URI;

/// Addresses of a server's three objects: `http` or `https`, all of one host, port and scheme.
///
/// @param large object that is downloaded as load: 8 GB or more
/// @param small object of 1 byte that probes get
/// @param upload receives a POST without an end and discards it
public record RpmUrls(URI large, URI small, URI upload) {
    /// Checks the addresses.
    ///
    /// @throws IllegalArgumentException with a sentence, if they are not such addresses
    public RpmUrls {
        check(large);
        check(small);
        check(upload);
        if (!isSameServer(large, small) || !isSameServer(large, upload)) {
            throw new IllegalArgumentException("the three URLs name different servers ("
                    + large.getRawAuthority() + ", " + small.getRawAuthority() + ", " + upload.getRawAuthority()
                    + "): all must have one scheme, host and port");
        }
    }

    static void check(URI url) {
        String scheme = url.getScheme();
        if (!"https".equalsIgnoreCase(scheme) && !"http".equalsIgnoreCase(scheme)) {
            throw new IllegalArgumentException("invalid URL '" + url + "': it must begin with https:// or http://");
        }
        if (url.getHost() == null || url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("invalid URL '" + url + "': a host is needed, and no user");
        }
    }

    private static boolean isSameServer(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    static boolean isSecure(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : isSecure(url) ? 443 : 80;
    }
}
