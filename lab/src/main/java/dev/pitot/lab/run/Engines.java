package dev.pitot.lab.run;

import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.engine.Engine;
import dev.pitot.lab.engine.EngineChoice;
import dev.pitot.lab.engine.EngineKind;
import dev.pitot.lab.engine.Program;
import org.jspecify.annotations.Nullable;

/// What carries out the two ends of a test.
///
/// @param server null if a person runs the server
record Engines(Engine client, @Nullable Engine server) {}
