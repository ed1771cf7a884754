/// Text that comes from the system or from another machine as bytes, and goes there again.
@NullMarked
package dev.pitot.model.text;

import org.jspecify.annotations.NullMarked;
