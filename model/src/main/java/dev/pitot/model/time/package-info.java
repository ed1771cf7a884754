/// Time as an argument: spans, and the clock that only the engine's edge implements.
@NullMarked
package dev.pitot.model.time;

import org.jspecify.annotations.NullMarked;
