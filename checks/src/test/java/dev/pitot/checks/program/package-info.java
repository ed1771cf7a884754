/// The programs that checks run as processes of their own, and what they print.
@NullMarked
package dev.pitot.checks.program;

import org.jspecify.annotations.NullMarked;
