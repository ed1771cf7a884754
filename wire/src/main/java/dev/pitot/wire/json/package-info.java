/// The JSON inside the control connection's frames, in both directions: a client's parameters as a
/// [dev.pitot.model.config.TestConfig] ([ParametersJson]) and each end's results ([ResultsJson]). Reading
/// follows the rules of cJSON, which iperf reads with: keys match whatever their case, the first of equal
/// keys wins, unknown keys and values of a wrong type do not count, numbers are doubles, and what follows
/// the document does not matter. Everything here is stateless and may be used by any thread.
@NullMarked
package dev.pitot.wire.json;

import org.jspecify.annotations.NullMarked;
