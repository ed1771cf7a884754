/// Probes: how long messages take, how many are lost, and how fast they go, between a client and
/// an [EchoServer]. Each measurement belongs to the thread that runs it; any thread may end it.
@NullMarked
package dev.pitot.message.probe;

import org.jspecify.annotations.NullMarked;
