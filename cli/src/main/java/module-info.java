/// The pitot command: options to configuration, exit codes, signals. The only module that prints, exits
/// and reads the environment.
module dev.pitot.cli {
    requires static org.jspecify;
    requires dev.pitot.model;
    requires dev.pitot.wire;
    requires dev.pitot.command;
    requires dev.pitot.engine;
    requires dev.pitot.client;
    requires dev.pitot.lab;
    requires dev.pitot.message;
    requires dev.pitot.message.probe;
    requires dev.pitot.metrics;
    requires dev.pitot.output;
    requires dev.pitot.probe;
    requires dev.pitot.socket;
    requires info.picocli;
    requires jdk.unsupported;
}
