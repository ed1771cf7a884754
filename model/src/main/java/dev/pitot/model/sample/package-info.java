/// What a test measured, shaped for series and alarms: each report interval as one [Sample] per
/// direction, samples gathered into [Window]s, and what a test adds to counters ([Growth]). Pure
/// arithmetic; absent is not zero.
@NullMarked
package dev.pitot.model.sample;

import org.jspecify.annotations.NullMarked;
