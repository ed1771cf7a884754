/// Text that is exchanged as bytes with the system or with a peer, and text of errors.
@NullMarked
package dev.pitot.model.text;

import org.jspecify.annotations.NullMarked;
