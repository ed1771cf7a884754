/// The iperf3 wire format: states, cookies and frames of the control connection
/// (`dev.pitot.wire.control`), the JSON in its frames (`dev.pitot.wire.json`), datagram headers
/// (`dev.pitot.wire.datagram`) and client authentication ([dev.pitot.wire.auth]). Pure: no sockets,
/// threads or clocks.
@SuppressWarnings("module") // some modules of the exports are built later
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
