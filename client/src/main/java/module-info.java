/// Simple client: [dev.pitot.client.IperfClient] runs a test in the background and delivers
/// iperf3's JSON document as a map; [dev.pitot.client.IperfArguments] accepts iperf3's arguments.
module dev.pitot.client {
    requires static transitive org.jspecify;
    requires transitive dev.pitot.model;
    requires transitive dev.pitot.engine;
    requires dev.pitot.command;
    requires dev.pitot.output;

    exports dev.pitot.client;
}
