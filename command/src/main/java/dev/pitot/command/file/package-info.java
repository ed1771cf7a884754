/// Files that a command line names (keys, passwords and users), and the error texts for those that
/// cannot be used.
@NullMarked
package dev.pitot.command.file;

import org.jspecify.annotations.NullMarked;
