/// Example programs to read and to copy, each in one file. They print, as programs do.
@NullMarked
package dev.pitot.examples;

import org.jspecify.annotations.NullMarked;
