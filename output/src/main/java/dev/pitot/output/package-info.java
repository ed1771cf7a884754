/// What text and JSON share: where lines go, who reports, and the words for each ending.
@NullMarked
package dev.pitot.output;

import org.jspecify.annotations.NullMarked;
