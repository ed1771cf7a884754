/// The control connection as bytes: what a client and a server say to each other around a test. A session
/// writes what [ControlEncoder] makes, feeds what arrives into a [ControlDecoder] and takes
/// [ControlMessage]s out of it. Which message may come when is the session's business. Values are
/// immutable; a decoder belongs to one thread.
@NullMarked
package dev.pitot.wire.control;

import org.jspecify.annotations.NullMarked;
