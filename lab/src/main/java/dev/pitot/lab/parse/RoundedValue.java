package dev.pitot.lab.parse;

/// A figure as a program printed it.
///
/// @param value bytes are exact up to 2^53
/// @param error half a unit of the last printed place, in the unit of the value: 0 if the
/// figure is
///     exact
public record RoundedValue(double value, double error) {
    /// A figure without rounding.
    public static RoundedValue exact(double value) {
        return new RoundedValue(value, 0);
    }
}
