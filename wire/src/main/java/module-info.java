/// iperf3's control connection in bytes: states, cookies and frames ([dev.pitot.wire.control]), and the
/// JSON inside the frames ([dev.pitot.wire.json]). Pure: no sockets, threads or clocks.
module dev.pitot.wire {
    requires static transitive org.jspecify;
    requires transitive dev.pitot.model;
    requires com.fasterxml.jackson.core;

    exports dev.pitot.wire.control;
    exports dev.pitot.wire.json;
}
