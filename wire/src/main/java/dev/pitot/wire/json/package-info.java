/// JSON in the control connection's frames, in both directions: a client's parameters as a
/// [dev.pitot.model.config.TestConfig] ([ParametersJson]) and each end's results ([ResultsJson]).
/// Parsing follows the rules of cJSON, which iperf uses: keys are case-insensitive, the first of
/// equal keys wins, unknown keys and values of a wrong type are ignored, numbers are doubles, and
/// anything after the document is ignored. Everything here is stateless and thread-safe.
@NullMarked
package dev.pitot.wire.json;

import org.jspecify.annotations.NullMarked;
