package dev.pitot.metrics.push;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/// Where and how metrics are pushed.
///
/// @param endpoint of the Pushgateway, http or https; its path, if any, is kept
/// @param group which group a push replaces
/// @param delivery how patiently
/// @param security how the ends know each other
/// @param deleteOnFinish whether the group goes when the sink is closed
public record PushConfig(
        URI endpoint, PushGroup group, PushDelivery delivery, PushSecurity security, boolean deleteOnFinish) {
    private static final int MAX_PORT = 65_535;
    private static final String LOOKS = "the address of the Pushgateway must look like http://HOST:PORT";

    /// @throws IllegalArgumentException with a sentence, if the endpoint is none
    public PushConfig {
        check(endpoint);
    }

    /// Pushes with iperf3-rs's defaults: job `iperf3`, 5 s, no retries, the group stays.
    ///
    /// @param endpoint as [#parseEndpoint] takes it
    /// @throws IllegalArgumentException with a sentence, if it is none
    public static PushConfig to(String endpoint) {
        return new PushConfig(
                parseEndpoint(endpoint), PushGroup.DEFAULT, PushDelivery.DEFAULT, PushSecurity.DEFAULT, false);
    }

    /// An address as people write it: white space around it does not count, and without `http://`
    /// or `https://` it is http.
    ///
    /// @throws IllegalArgumentException with a sentence, if it is none
    public static URI parseEndpoint(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            throw new IllegalArgumentException("the address of the Pushgateway must not be empty");
        }
        String lower = trimmed.toLowerCase(Locale.ROOT);
        boolean hasScheme = lower.startsWith("http://") || lower.startsWith("https://");
        if (!hasScheme && lower.contains("://")) {
            throw new IllegalArgumentException(LOOKS);
        }
        URI endpoint;
        try {
            endpoint = new URI(hasScheme ? trimmed : "http://" + trimmed);
        } catch (URISyntaxException _) { // its message may show a password
            throw new IllegalArgumentException(LOOKS);
        }
        check(endpoint);
        return endpoint;
    }

    private static void check(URI endpoint) {
        String scheme = endpoint.getScheme();
        boolean isWeb = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!isWeb || endpoint.getHost() == null) {
            throw new IllegalArgumentException(LOOKS);
        }
        if (endpoint.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the address of the Pushgateway must hold no user and password; give them by --push.user and"
                            + " --push.password-file");
        }
        if (endpoint.getPort() == 0 || endpoint.getPort() > MAX_PORT) {
            throw new IllegalArgumentException("the address of the Pushgateway must have a port in 1..65535, or none");
        }
        if (endpoint.getRawQuery() != null || endpoint.getRawFragment() != null) {
            throw new IllegalArgumentException("the address of the Pushgateway must hold no '?' and no '#'");
        }
    }

    /// This with another group.
    public PushConfig with(PushGroup value) {
        return new PushConfig(endpoint, value, delivery, security, deleteOnFinish);
    }

    /// This with another delivery.
    public PushConfig with(PushDelivery value) {
        return new PushConfig(endpoint, group, value, security, deleteOnFinish);
    }

    /// This with another security.
    public PushConfig with(PushSecurity value) {
        return new PushConfig(endpoint, group, delivery, value, deleteOnFinish);
    }

    /// This, keeping the group when the sink is closed, or deleting it.
    public PushConfig deletingOnFinish(boolean value) {
        return new PushConfig(endpoint, group, delivery, security, value);
    }

    /// The address of the group.
    URI groupAddress() {
        String base = endpoint.toASCIIString();
        int end = base.length();
        while (end > 0 && base.charAt(end - 1) == '/') {
            end--;
        }
        return URI.create(base.substring(0, end) + group.path());
    }
}
