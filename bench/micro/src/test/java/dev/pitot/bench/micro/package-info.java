/// The micro-benchmarks as a test: that they run, not how fast.
@NullMarked
package dev.pitot.bench.micro;

import org.jspecify.annotations.NullMarked;
