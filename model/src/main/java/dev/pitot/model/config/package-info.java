/// What a test shall do and how each end takes part. Immutable; checked on construction with
/// iperf's own limits.
@NullMarked
package dev.pitot.model.config;

import org.jspecify.annotations.NullMarked;
