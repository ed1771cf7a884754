/// The reading end of live data: what a test's listener hears, for whoever would rather fetch
/// than be called. Events, samples or windows wait in a bounded queue; the measurement never
/// waits.
@NullMarked
package dev.pitot.engine.feed;

import org.jspecify.annotations.NullMarked;
