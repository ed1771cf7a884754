/// Hooks: what is done around tests (commands, calls by HTTP, pauses, gates of pings), and what their output
/// becomes.
@NullMarked
package dev.pitot.lab.hook;

import org.jspecify.annotations.NullMarked;
