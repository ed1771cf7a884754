package dev.pitot.metrics.push;

import dev.pitot.metrics.LabelSet;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Group of metrics that a push replaces, as encoded in the address: a job and labels, in the order
/// in which they were given.
///
/// @param job not empty
/// @param labels none of them `job`; values may be empty
/// @param slashes encoding of values with a slash
public record PushGroup(String job, LabelSet labels, Slashes slashes) {
    /// iperf3-rs's default: job `iperf3`, no labels.
    public static final PushGroup DEFAULT = new PushGroup("iperf3", LabelSet.NONE, Slashes.PERCENT);

    private static final String HEX = "0123456789ABCDEF";
    private static final int LOW_DIGIT = 0xf;
    private static final int HIGH_DIGIT_SHIFT = 4;

    /// Encoding of a value with a slash.
    public enum Slashes {
        /// As `%2F`, like iperf3-rs. A Pushgateway rejects that (400 or 301), since it splits the
        /// path after decoding it.
        PERCENT,
        /// As `name@base64/…` (Pushgateway's README, "URL").
        BASE64
    }

    /// @throws IllegalArgumentException if the job is empty or a label is named `job`
    public PushGroup {
        if (job.isEmpty()) {
            throw new IllegalArgumentException("the job of a Pushgateway must not be empty");
        }
        if (labels.labels().stream().anyMatch(label -> label.name().equals("job"))) {
            throw new IllegalArgumentException("a Pushgateway's label cannot be named 'job'; set the job instead");
        }
    }

    /// Returns this group with another label added.
    ///
    /// @throws IllegalArgumentException if the name is invalid or already used
    public PushGroup with(String name, String value) {
        return new PushGroup(job, labels.with(name, value), slashes);
    }

    /// Returns the path relative to the Pushgateway's address, beginning with `/metrics`.
    String path() {
        var path = new StringBuilder("/metrics");
        append(path, "job", job);
        labels.labels().forEach(label -> append(path, label.name(), label.value()));
        return path.toString();
    }

    /// True if a Pushgateway may reject the path because of an encoded slash.
    boolean hasBareSlash() {
        return slashes == Slashes.PERCENT && path().contains("%2F");
    }

    private void append(StringBuilder path, String name, String value) {
        path.append('/').append(name);
        if (needsBase64(value)) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            path.append("@base64/").append(encoded.isEmpty() ? "=" : encoded); // a path segment must not be empty
        } else {
            path.append('/').append(percentEncoded(value));
        }
    }

    /// True if a value must be encoded in base64: empty values, `.` and `..` are not preserved as
    /// path segments.
    private boolean needsBase64(String value) {
        return value.isEmpty()
                || value.equals(".")
                || value.equals("..")
                || (slashes == Slashes.BASE64 && value.indexOf('/') >= 0);
    }

    /// Percent-encodes all but the unreserved characters of RFC 3986, 2.3.
    private static String percentEncoded(String value) {
        var encoded = new StringBuilder();
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(octet)) {
                encoded.append((char) octet);
            } else {
                encoded.append('%')
                        .append(HEX.charAt(octet >> HIGH_DIGIT_SHIFT & LOW_DIGIT))
                        .append(HEX.charAt(octet & LOW_DIGIT));
            }
        }
        return encoded.toString();
    }

    private static boolean isUnreserved(byte octet) {
        return (octet >= 'A' && octet <= 'Z')
                || (octet >= 'a' && octet <= 'z')
                || (octet >= '0' && octet <= '9')
                || "-_.~".indexOf(octet) >= 0;
    }
}
