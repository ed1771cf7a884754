/// The façade for programs: [Iperf] makes clients and servers, a [Run] or a [Server] is the
/// handle on what it started.
@NullMarked
package dev.pitot.engine;

import org.jspecify.annotations.NullMarked;
