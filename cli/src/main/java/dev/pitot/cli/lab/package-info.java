/// `pitot lab`: its command line, and what it shows of sessions.
@NullMarked
package dev.pitot.cli.lab;

import org.jspecify.annotations.NullMarked;
