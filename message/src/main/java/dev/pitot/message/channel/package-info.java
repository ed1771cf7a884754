/// The ways that messages go, and why they end.
@NullMarked
package dev.pitot.message.channel;

import org.jspecify.annotations.NullMarked;
