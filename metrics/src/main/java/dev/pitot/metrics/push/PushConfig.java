package dev.pitot.metrics.push;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/// Address and options of pushes.
///
/// @param endpoint address of the Pushgateway, http or https; its path, if any, is kept
/// @param group group that a push replaces
/// @param delivery timeout, retries and user agent
/// @param security credentials and certificates
/// @param deleteOnFinish true to delete the group when the sink is closed
public record PushConfig(
        URI endpoint, PushGroup group, PushDelivery delivery, PushSecurity security, boolean deleteOnFinish) {
    private static final int MAX_PORT = 65_535;
    private static final String LOOKS = "the address of the Pushgateway must look like http://HOST:PORT";

    /// @throws IllegalArgumentException if the endpoint is invalid
    public PushConfig {
        check(endpoint);
    }

    /// Returns iperf3-rs's defaults: job `iperf3`, timeout 5 s, no retries, the group is not
    /// deleted.
    ///
    /// @param endpoint address in a form that [#parseEndpoint] accepts
    /// @throws IllegalArgumentException if it is not a valid address
    public static PushConfig to(String endpoint) {
        return new PushConfig(
                parseEndpoint(endpoint), PushGroup.DEFAULT, PushDelivery.DEFAULT, PushSecurity.DEFAULT, false);
    }

    /// Parses an address. Surrounding white space is ignored; without `http://` or `https://` it is
    /// http.
    ///
    /// @throws IllegalArgumentException if it is not a valid address
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
                    "the address of the Pushgateway must not contain a user name or password; use --push.user and"
                            + " --push.password-file");
        }
        if (endpoint.getPort() == 0 || endpoint.getPort() > MAX_PORT) {
            throw new IllegalArgumentException("the address of the Pushgateway must have a port in 1..65535, or none");
        }
        if (endpoint.getRawQuery() != null || endpoint.getRawFragment() != null) {
            throw new IllegalArgumentException("the address of the Pushgateway must not contain '?' or '#'");
        }
    }

    /// Returns a copy with another group.
    public PushConfig with(PushGroup value) {
        return new PushConfig(endpoint, value, delivery, security, deleteOnFinish);
    }

    /// Returns a copy with another delivery.
    public PushConfig with(PushDelivery value) {
        return new PushConfig(endpoint, group, value, security, deleteOnFinish);
    }

    /// Returns a copy with another security.
    public PushConfig with(PushSecurity value) {
        return new PushConfig(endpoint, group, delivery, value, deleteOnFinish);
    }

    /// Returns a copy that deletes the group when the sink is closed, or keeps it.
    public PushConfig deletingOnFinish(boolean value) {
        return new PushConfig(endpoint, group, delivery, security, value);
    }

    /// Returns the address of the group.
    URI groupAddress() {
        String base = endpoint.toASCIIString();
        int end = base.length();
        while (end > 0 && base.charAt(end - 1) == '/') {
            end--;
        }
        return URI.create(base.substring(0, end) + group.path());
    }
}
