/// Results of a test: intervals while it runs, a summary at its end, and its ending. Unknown values
/// are absent, not zero.
@NullMarked
package dev.pitot.model.result;

import org.jspecify.annotations.NullMarked;
