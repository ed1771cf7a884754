/// Pushes to a Prometheus Pushgateway: [dev.pitot.metrics.push.PushConfig] says where and how,
/// [dev.pitot.metrics.push.PushGateway] pushes and tells of failures,
/// [dev.pitot.metrics.push.PushSink] does its best beside tests, on a thread of its own.
@NullMarked
package dev.pitot.metrics.push;

import org.jspecify.annotations.NullMarked;
