/// Manual pages in troff's `man` macros and completion scripts of shells, made from the tables of options and
/// from Markdown. Used by the packager, in one thread.
@NullMarked
package dev.pitot.dist.manual;

import org.jspecify.annotations.NullMarked;
