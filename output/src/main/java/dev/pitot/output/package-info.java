/// What text and JSON share: where lines go, who reports, how times are rounded, and the words for each
/// ending.
@NullMarked
package dev.pitot.output;

import org.jspecify.annotations.NullMarked;
