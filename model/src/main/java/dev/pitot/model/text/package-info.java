/// Text that is exchanged as bytes with the system or with a peer.
@NullMarked
package dev.pitot.model.text;

import org.jspecify.annotations.NullMarked;
