/// Output of lines: to standard streams or a log file, each line with its timestamp and title, flushed
/// as it is written.
@NullMarked
package dev.pitot.cli.print;

import org.jspecify.annotations.NullMarked;
