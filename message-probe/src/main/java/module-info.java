/// Measurements of connections of messages: pings and floods, and the server that answers them.
@SuppressWarnings("requires-automatic") // HdrHistogram has no module name of its own yet
module dev.pitot.message.probe {
    requires static transitive org.jspecify;
    requires transitive dev.pitot.message;
    requires HdrHistogram;

    exports dev.pitot.message.probe;
}
