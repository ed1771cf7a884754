package dev.pitot.model.result;

/// Variation of one direction's rate over the measured part.
///
/// @param slices number of slices of a second, 5 or more
/// @param coefficientOfVariation standard deviation over mean of the slices' rates, without the ramp
/// @param rampShare share of the measured part until the rate first reached nine tenths of its median, 0..1
public record RateSpread(int slices, double coefficientOfVariation, double rampShare) {}
