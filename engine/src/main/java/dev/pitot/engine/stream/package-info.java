/// The data plane: one platform thread per stream moves blocks and counts them; nothing else
/// happens in its loop.
@NullMarked
package dev.pitot.engine.stream;

import org.jspecify.annotations.NullMarked;
