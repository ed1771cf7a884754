/// `pitot stamp` and `pitot rpm`: measurements beside iperf3's tests. Uses picocli, which ordinary commands do
/// not load.
@NullMarked
package dev.pitot.cli.probe;

import org.jspecify.annotations.NullMarked;
