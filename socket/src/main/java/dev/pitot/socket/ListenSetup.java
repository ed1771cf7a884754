package dev.pitot.socket;

import org.jspecify.annotations.Nullable;

/// How a listener shall be set up.
///
/// @param onlyV6 whether an IPv6 listener refuses IPv4 (IPV6_V6ONLY)
/// @param device interface to bind to (SO_BINDTODEVICE), or null
/// @param transport what it accepts; ignored by UDP
public record ListenSetup(boolean onlyV6, @Nullable String device, Transport transport) {
    /// IPv4 and IPv6, TCP, at any device.
    public static final ListenSetup DEFAULT = new ListenSetup(false, null, Transport.TCP);
}
