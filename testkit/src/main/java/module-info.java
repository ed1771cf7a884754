/// Test support for network programs: a manual clock, a scripted TCP peer, a lossy link, and real
/// programs as child processes.
module dev.pitot.testkit {
    requires static transitive org.jspecify;
    requires transitive dev.pitot.model;
    requires transitive org.junit.jupiter.api;
    requires java.net.http;
    requires jdk.httpserver;

    exports dev.pitot.testkit;
    exports dev.pitot.testkit.simulate;
}
