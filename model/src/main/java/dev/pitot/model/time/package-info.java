/// Time spans, and the clock interface that is passed as an argument.
@NullMarked
package dev.pitot.model.time;

import org.jspecify.annotations.NullMarked;
