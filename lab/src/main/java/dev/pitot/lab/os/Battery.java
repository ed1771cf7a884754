package dev.pitot.lab.os;

/// The state of a node's battery.
///
/// @param percent 0..100
/// @param isCharging whether it is being filled; false for one that is full
public record Battery(int percent, boolean isCharging) {}
