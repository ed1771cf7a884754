package dev.pitot.lab.os;

import org.jspecify.annotations.Nullable;

/// The wifi link of a node; null where it is not reported.
///
/// @param ssid name of the network
/// @param bssid address of the access point, in small letters, `00:11:22:33:44:55`
/// @param channel its number
/// @param rssiDbm strength of the signal in dBm
/// @param noiseDbm strength of the noise in dBm
/// @param megabitsPerSecond rate of sending, as the radio has chosen it
public record WifiInfo(
        @Nullable String ssid,
        @Nullable String bssid,
        @Nullable Integer channel,
        @Nullable Double rssiDbm,
        @Nullable Double noiseDbm,
        @Nullable Double megabitsPerSecond) {}
