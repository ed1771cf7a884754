/// Measurements of a network beside iperf3's tests: one-way delay and loss by STAMP (RFC 8762), and
/// responsiveness under load.
@SuppressWarnings("requires-automatic") // HdrHistogram has no module name of its own yet
module dev.pitot.probe {
    requires static transitive org.jspecify;
    requires transitive dev.pitot.model;
    requires HdrHistogram;
    requires com.fasterxml.jackson.core;
    requires java.net.http;

    exports dev.pitot.probe.rpm;
    exports dev.pitot.probe.stamp;
}
