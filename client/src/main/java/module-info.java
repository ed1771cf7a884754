/// A test in two calls: [dev.pitot.client.IperfClient] runs it in the background and hands over
/// the result as a map, which is iperf3's JSON document; [dev.pitot.client.IperfArguments] takes
/// iperf3's arguments.
module dev.pitot.client {
    requires static transitive org.jspecify;
    requires transitive dev.pitot.model;
    requires transitive dev.pitot.engine;
    requires dev.pitot.command;
    requires dev.pitot.output;

    exports dev.pitot.client;
}
