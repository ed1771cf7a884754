/// Values and arithmetic of network measurement: units, configuration, results, events, time
/// and iperf's error numbers. No sockets, files, threads or clocks.
@SuppressWarnings("module") // some modules of the exports are built later
module dev.pitot.model {
    requires static transitive org.jspecify;

    exports dev.pitot.model.config;
    exports dev.pitot.model.error;
    exports dev.pitot.model.event;
    exports dev.pitot.model.latency;
    exports dev.pitot.model.metric to
            dev.pitot.metrics,
            dev.pitot.metrics.micrometer,
            dev.pitot.metrics.otel;
    exports dev.pitot.model.finding;
    exports dev.pitot.model.result;
    exports dev.pitot.model.sample;
    exports dev.pitot.model.text to
            dev.pitot.cli,
            dev.pitot.command,
            dev.pitot.engine,
            dev.pitot.lab,
            dev.pitot.message,
            dev.pitot.message.probe,
            dev.pitot.output,
            dev.pitot.probe,
            dev.pitot.socket,
            dev.pitot.wire;
    exports dev.pitot.model.time;
    exports dev.pitot.model.unit;
}
