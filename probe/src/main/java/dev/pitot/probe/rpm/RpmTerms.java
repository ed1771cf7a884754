package dev.pitot.probe.rpm;

import org.jspecify.annotations.Nullable;

/// Terms of the draft's formula: trimmed means of probe times in milliseconds, null where nothing was measured.
/// Without TLS its term is null, and the others have its weight.
///
/// @param tcp `TM(tcp_f)`: TCP handshake of a connection beside the load
/// @param tls `TM(tls_f)`: TLS handshake on it, divided by its round trips
/// @param http `TM(http_f)`: GET of the small object on it
/// @param self `TM(http_l)`: GET of the small object on a connection that carries load
/// @param counts of the probes in these means
public record RpmTerms(
        @Nullable Double tcp,
        @Nullable Double tls,
        @Nullable Double http,
        @Nullable Double self,
        Counts counts) {
    private static final double MILLIS_PER_MINUTE = 60_000;

    /// Numbers of completed probes.
    ///
    /// @param foreign connections beside the load
    /// @param self requests on connections that carry load
    public record Counts(int foreign, int self) {}

    /// Mean round trip beside the load, in milliseconds: each phase of a connection counts as one.
    ///
    /// @return null without probes
    public @Nullable Double foreignMillis() {
        if (tcp == null || http == null) {
            return null;
        }
        return tls == null ? (tcp + http) / 2 : (tcp + tls + http) / 3;
    }

    /// `Foreign_Responsiveness`, in round trips per minute.
    ///
    /// @return null without probes
    public @Nullable Double foreign() {
        return perMinute(foreignMillis());
    }

    /// `Loaded_Responsiveness`, in round trips per minute.
    ///
    /// @return null without probes
    public @Nullable Double loaded() {
        return perMinute(self);
    }

    /// `Responsiveness` of revision 09: the mean of both.
    ///
    /// @return null if either is unknown: one of them alone is another figure
    public @Nullable Double rpm() {
        Double foreign = foreign();
        Double loaded = loaded();
        return foreign == null || loaded == null ? null : (foreign + loaded) / 2;
    }

    private static @Nullable Double perMinute(@Nullable Double millis) {
        return millis == null || millis <= 0 ? null : MILLIS_PER_MINUTE / millis;
    }
}
