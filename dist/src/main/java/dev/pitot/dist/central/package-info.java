/// The bundle of libraries that is uploaded to Maven Central: made from what Maven built, signed, and checked
/// against what Central asks for. Runs at build time only, in one thread.
@NullMarked
package dev.pitot.dist.central;

import org.jspecify.annotations.NullMarked;
