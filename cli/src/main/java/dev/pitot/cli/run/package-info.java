/// Execution of command lines: one class per command, which starts the engine, has its events printed,
/// and returns an exit code.
@NullMarked
package dev.pitot.cli.run;

import org.jspecify.annotations.NullMarked;
