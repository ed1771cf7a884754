/// The pitot command: the entrance of the program. Reads the command line, carries it out and
/// answers with an exit code.
@NullMarked
package dev.pitot.cli;

import org.jspecify.annotations.NullMarked;
