package dev.pitot.probe.rpm;

import java.net.URI;

/// Server to measure against.
public sealed interface RpmTarget {
    /// Server that says its URLs in a configuration, usually at `/.well-known/nq`.
    ///
    /// @param url of the configuration
    record Config(URI url) implements RpmTarget {
        private static final String WELL_KNOWN = "/.well-known/nq";

        /// Takes `/.well-known/nq` where the URL has no path.
        ///
        /// @throws IllegalArgumentException with a sentence, if it is no address of HTTP
        public Config {
            RpmUrls.check(url);
            String path = url.getRawPath();
            if (path == null || path.isEmpty() || path.equals("/")) {
                url = url.resolve(WELL_KNOWN);
            }
        }
    }

    /// Server whose URLs are known.
    record Urls(RpmUrls urls) implements RpmTarget {}
}
