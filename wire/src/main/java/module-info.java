/// iperf3's bytes in and out: states, cookies and frames of the control connection
/// ([dev.pitot.wire.control]), the JSON inside the frames ([dev.pitot.wire.json]), the headers of
/// datagrams ([dev.pitot.wire.datagram]) and what proves who a client is ([dev.pitot.wire.auth]).
/// Pure: no sockets, threads or clocks.
@SuppressWarnings("module") // those that some packages are exported to are built later
module dev.pitot.wire {
    requires static transitive org.jspecify;
    requires transitive dev.pitot.model;
    requires com.fasterxml.jackson.core;

    exports dev.pitot.wire.auth;
    exports dev.pitot.wire.control to
            dev.pitot.engine;
    exports dev.pitot.wire.datagram to
            dev.pitot.engine;
    exports dev.pitot.wire.json to
            dev.pitot.engine;
}
