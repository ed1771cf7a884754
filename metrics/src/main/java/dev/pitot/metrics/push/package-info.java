/// Pushes to a Prometheus Pushgateway: [dev.pitot.metrics.push.PushConfig] holds address and
/// options, [dev.pitot.metrics.push.PushGateway] pushes and throws on failure,
/// [dev.pitot.metrics.push.PushSink] pushes in the background while tests run, and only reports
/// failures.
@NullMarked
package dev.pitot.metrics.push;

import org.jspecify.annotations.NullMarked;
