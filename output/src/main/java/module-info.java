/// Formats test events and reports as iperf 3.21's text, JSON document and JSON stream.
module dev.pitot.output {
    requires transitive dev.pitot.model;
    requires com.fasterxml.jackson.core;
    requires static transitive org.jspecify;

    exports dev.pitot.output;
    exports dev.pitot.output.json;
    exports dev.pitot.output.text;
}
