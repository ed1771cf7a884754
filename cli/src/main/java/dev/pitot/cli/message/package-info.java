/// `pitot message`: a server that answers probes, and the probes. Uses picocli, which ordinary
/// commands do not load.
@NullMarked
package dev.pitot.cli.message;

import org.jspecify.annotations.NullMarked;
