/// TCP sockets for measuring: a Linux family through java.lang.foreign and a portable one on java.nio, behind one
/// small interface. The only native access of the program.
module dev.pitot.socket {
    requires static transitive org.jspecify;
    requires transitive dev.pitot.model;

    exports dev.pitot.socket;
}
