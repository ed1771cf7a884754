/// Configuration of tests, clients and servers. Immutable; checked on construction with iperf's
/// limits.
@NullMarked
package dev.pitot.model.config;

import org.jspecify.annotations.NullMarked;
