/// Packages for users without Java. A tree of files is made once (the program, a Java runtime with the
/// modules that it needs, an AOT cache, a launcher, documents), and each kind of package contains that tree.
/// Runs at build time only.
@NullMarked
package dev.pitot.dist;

import org.jspecify.annotations.NullMarked;
