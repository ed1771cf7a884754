package dev.pitot.socket;

import org.jspecify.annotations.Nullable;

/// Settings of a listening socket.
///
/// @param onlyV6 whether an IPv6 listener rejects IPv4 (IPV6_V6ONLY)
/// @param device interface to bind to (SO_BINDTODEVICE), or null
/// @param transport accepted transport; ignored by UDP
public record ListenSetup(boolean onlyV6, @Nullable String device, Transport transport) {
    /// IPv4 and IPv6, TCP, on any interface.
    public static final ListenSetup DEFAULT = new ListenSetup(false, null, Transport.TCP);
}
