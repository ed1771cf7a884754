/// What happens during a test, as immutable values: the only thing that the engine and its
/// listeners share.
@NullMarked
package dev.pitot.model.event;

import org.jspecify.annotations.NullMarked;
