/// Results of a test, prepared for time series and alerts: each report interval as one [Sample] per
/// direction, and samples aggregated into [Window]s. Pure arithmetic; unknown values are absent,
/// not zero.
@NullMarked
package dev.pitot.model.sample;

import org.jspecify.annotations.NullMarked;
