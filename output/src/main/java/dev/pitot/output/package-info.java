/// Code shared by text and JSON output: line destinations, program name and version, messages for
/// each ending.
@NullMarked
package dev.pitot.output;

import org.jspecify.annotations.NullMarked;
