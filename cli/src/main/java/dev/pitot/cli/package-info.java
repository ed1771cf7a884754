/// The pitot command: entry point of the program. Parses the command line, executes it and returns an
/// exit code.
@NullMarked
package dev.pitot.cli;

import org.jspecify.annotations.NullMarked;
