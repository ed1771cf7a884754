/// legume's protocol, version 4: its datagrams, and [dev.pitot.message.legume.LegumeLink], one
/// end of a connection of it. It talks to the original of Dale Reidy (2009 to 2013) and repairs
/// at this end what can be repaired without the other's help: confirmations that do not come
/// again, ids that end at 65,535, order that is not kept.
///
/// A datagram goes this way: [dev.pitot.message.legume.DatagramReader] finds it well formed as
/// a whole, [dev.pitot.message.legume.LegumeLink] takes its messages one by one,
/// [dev.pitot.message.legume.ReliableSender] takes what they confirm and packs what leaves. Nothing
/// here has a socket, a thread or a clock; one thread at a time calls.
@NullMarked
package dev.pitot.message.legume;

import org.jspecify.annotations.NullMarked;
