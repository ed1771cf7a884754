/// What tests of a network program need: a clock set by hand, a TCP peer that follows a script,
/// and real programs as child processes.
module dev.pitot.testkit {
    requires static transitive org.jspecify;
    requires transitive dev.pitot.model;
    requires transitive org.junit.jupiter.api;
    requires java.net.http;
    requires jdk.httpserver;

    exports dev.pitot.testkit;
}
