/// Carrying out what a command line asks for: one class for each command, each of which starts
/// the engine, lets its events be printed, and answers with an exit code.
@NullMarked
package dev.pitot.cli.run;

import org.jspecify.annotations.NullMarked;
