/// Sessions of tests over many devices, reached by ssh, adb, telnet, a serial line or as local
/// processes.
@SuppressWarnings("requires-automatic") // MINA SSHD has a name, but no descriptor yet
module dev.pitot.lab {
    requires static transitive org.jspecify;
    requires transitive dev.pitot.model;
    requires dev.pitot.command;
    requires dev.pitot.output;
    requires org.snakeyaml.engine;
    requires org.apache.sshd.osgi;
    requires org.apache.commons.net;
    requires java.net.http;
    requires java.xml;

    exports dev.pitot.lab.measurement;
    exports dev.pitot.lab.node;
    exports dev.pitot.lab.os;
    exports dev.pitot.lab.parse;
    exports dev.pitot.lab.plan;
    exports dev.pitot.lab.process;
    exports dev.pitot.lab.remote;
    exports dev.pitot.lab.results;
    exports dev.pitot.lab.session;
    exports dev.pitot.lab.tool;
}
