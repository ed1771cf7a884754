/// Messages over UDP, reliable or not: legume's protocol, and more between two Pitots.
@SuppressWarnings("requires-automatic") // HdrHistogram has no module name of its own yet
module dev.pitot.message {
    requires static transitive org.jspecify;
    requires transitive dev.pitot.model;
    requires HdrHistogram;

    exports dev.pitot.message;
    exports dev.pitot.message.channel;
    exports dev.pitot.message.link;
    exports dev.pitot.message.probe;
    exports dev.pitot.message.dtls;
    exports dev.pitot.message.simulate;
}
