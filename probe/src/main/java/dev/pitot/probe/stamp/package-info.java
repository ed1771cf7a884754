/// STAMP (RFC 8762): a sender that measures round trips, the loss of each direction and how one-way delay
/// changes, and a reflector that answers it. Each belongs to the thread that runs it; any thread may end it.
@NullMarked
package dev.pitot.probe.stamp;

import org.jspecify.annotations.NullMarked;
