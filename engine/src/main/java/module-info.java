/// Runs a network test as client or as server: a small façade ([dev.pitot.engine.Iperf]) over sessions
/// that own their test. Prints nothing, does not exit the JVM, keeps no static state: any number of tests
/// run side by side.
module dev.pitot.engine {
    requires static transitive org.jspecify;
    requires transitive dev.pitot.model;
    requires transitive dev.pitot.socket;
    requires dev.pitot.wire;

    exports dev.pitot.engine;
    exports dev.pitot.engine.feed;
}
