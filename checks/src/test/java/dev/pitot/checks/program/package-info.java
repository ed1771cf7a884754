/// Programs that checks run as separate processes, and parsers of their output.
@NullMarked
package dev.pitot.checks.program;

import org.jspecify.annotations.NullMarked;
