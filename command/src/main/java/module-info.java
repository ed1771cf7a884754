/// The parser of iperf3's command lines, which returns the model's own values. Starts nothing and
/// prints nothing; opens only the files with keys, users and passwords that a command line names.
@SuppressWarnings("module") // those that packages are exported to are built later
module dev.pitot.command {
    requires static transitive org.jspecify;
    requires transitive dev.pitot.model;
    requires dev.pitot.wire;

    exports dev.pitot.command to
            dev.pitot.cli,
            dev.pitot.client,
            dev.pitot.lab;
    exports dev.pitot.command.file to
            dev.pitot.cli,
            dev.pitot.client,
            dev.pitot.lab;
}
