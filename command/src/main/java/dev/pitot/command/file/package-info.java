/// Files that a command line names: keys, passwords and users, and why one of them cannot be
/// used.
@NullMarked
package dev.pitot.command.file;

import org.jspecify.annotations.NullMarked;
