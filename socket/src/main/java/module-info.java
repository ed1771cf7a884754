/// TCP and UDP sockets for measurement: a Linux family using java.lang.foreign and a portable one
/// using java.nio, behind one small interface. The only native access of the program.
module dev.pitot.socket {
    requires static transitive org.jspecify;
    requires jdk.net;
    requires transitive dev.pitot.model;

    exports dev.pitot.socket;

    uses dev.pitot.socket.SocketFamily;

    provides dev.pitot.socket.SocketFamily with
            dev.pitot.socket.linux.LinuxFamily,
            dev.pitot.socket.portable.PortableFamily;
}
