/// What a test measured: intervals while it runs, a summary at its end, and how it ended.
/// Absent is not zero.
@NullMarked
package dev.pitot.model.result;

import org.jspecify.annotations.NullMarked;
