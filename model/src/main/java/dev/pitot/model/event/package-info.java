/// Events of tests and servers, as immutable values: the only data that the engine and its
/// listeners share.
@NullMarked
package dev.pitot.model.event;

import org.jspecify.annotations.NullMarked;
