/// The server's side: an acceptor, the admission of tests, and one session per test with one class per
/// protocol state.
@NullMarked
package dev.pitot.engine.server;

import org.jspecify.annotations.NullMarked;
