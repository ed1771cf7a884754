/// Connections of a rehearsal: they answer questions about a real connection, which belongs to the
/// session's thread, and move blocks in memory only. Each belongs to the thread that uses it.
@NullMarked
package dev.pitot.engine.rehearsal;

import org.jspecify.annotations.NullMarked;
