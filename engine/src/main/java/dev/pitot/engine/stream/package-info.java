/// The data plane: one platform thread per stream sends or receives blocks and counts them, and does
/// nothing else.
@NullMarked
package dev.pitot.engine.stream;

import org.jspecify.annotations.NullMarked;
