/// Encoding of the control connection between client and server. A session writes the output of
/// [ControlEncoder], feeds received bytes to a [ControlDecoder] and takes [ControlMessage]s from
/// it. The session checks the order of messages. Values are immutable; a decoder belongs to one
/// thread.
@NullMarked
package dev.pitot.wire.control;

import org.jspecify.annotations.NullMarked;
