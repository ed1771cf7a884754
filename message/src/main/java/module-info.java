/// Messages over UDP, reliable or not: legume's protocol, and more between two Pitots.
module dev.pitot.message {
    requires static transitive org.jspecify;
    requires transitive dev.pitot.model;

    exports dev.pitot.message;
    exports dev.pitot.message.channel;
    exports dev.pitot.message.dtls;
}
