/// Live metrics for Prometheus. Events of any number of tests come in on the threads of their
/// listeners, pages go out on those of scrapes; everything between is safe for use by any thread.
/// The library behind it is seen in no signature.
@NullMarked
package dev.pitot.metrics.prometheus;

import org.jspecify.annotations.NullMarked;
