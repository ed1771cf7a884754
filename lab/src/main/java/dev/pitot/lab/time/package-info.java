/// The clock that deadlines are measured by.
@NullMarked
package dev.pitot.lab.time;

import org.jspecify.annotations.NullMarked;
