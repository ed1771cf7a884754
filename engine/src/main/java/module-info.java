/// Runs a network test as client or as server: a small façade ([dev.pitot.engine.Iperf]) over sessions
/// that own their test. Prints nothing, does not exit the JVM, keeps no static state: any number of tests
/// run side by side.
@SuppressWarnings("requires-automatic") // HdrHistogram has no module name of its own yet
module dev.pitot.engine {
    requires static transitive org.jspecify;
    requires transitive dev.pitot.model;
    requires transitive dev.pitot.socket;
    requires dev.pitot.wire;
    requires HdrHistogram;

    exports dev.pitot.engine;
    exports dev.pitot.engine.feed;
}
