/// Shells behind a console: telnet and serial lines. A console has one stream of text for
/// everything, so what is asked of it is put between random marks, one question at a time.
/// Commands do not run on the console itself, where one that goes on would block all others:
/// they run behind it with their output in files, and the files are read piece by piece.
@NullMarked
package dev.pitot.lab.remote.console;

import org.jspecify.annotations.NullMarked;
