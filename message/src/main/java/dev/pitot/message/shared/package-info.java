/// What the protocols count and remember in the same way.
@NullMarked
package dev.pitot.message.shared;

import org.jspecify.annotations.NullMarked;
