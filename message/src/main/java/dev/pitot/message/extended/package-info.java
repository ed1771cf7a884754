/// The protocol that two Pitots speak with each other: channels, acknowledgement, recovery of losses,
/// congestion and flow control. `docs/message-protocol.md` is its specification.
///
/// An [ExtendedLink] is one end. It is called by one thread at a time, and all links that share
/// a [BufferPool] by the same one. Inside, time is nanoseconds since the link was made. Of what
/// comes: `PacketValidator` reads a packet to its end before anything acts on it, `ReceivedPackets`
/// knows which came, `ReceiveBuffer` makes messages of them. Of what goes: `SendBuffer` holds messages and
/// puts them into packets, `LossDetection` knows which packets are on their way.
@NullMarked
package dev.pitot.message.extended;

import org.jspecify.annotations.NullMarked;
