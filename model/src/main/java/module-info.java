/// Values and arithmetic of network measurement: units, configuration, results, events, time
/// and iperf's error numbers. No sockets, files, threads or clocks.
module dev.pitot.model {
    requires static transitive org.jspecify;

    exports dev.pitot.model.config;
    exports dev.pitot.model.error;
    exports dev.pitot.model.event;
    exports dev.pitot.model.result;
    exports dev.pitot.model.sample;
    exports dev.pitot.model.text;
    exports dev.pitot.model.time;
    exports dev.pitot.model.unit;
}
