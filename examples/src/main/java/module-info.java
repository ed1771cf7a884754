/// Example programs to read and to copy, each in one file.
module dev.pitot.examples {
    requires static org.jspecify;
    requires dev.pitot.model;
    requires dev.pitot.engine;
    requires dev.pitot.client;
    requires dev.pitot.lab;
    requires dev.pitot.message;
    requires dev.pitot.message.probe;
    requires dev.pitot.metrics;
}
