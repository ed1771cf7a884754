/// iperf3's command lines, read into the model's own values. Starts nothing and prints nothing;
/// opens only the files that a command line names for keys, users and passwords.
module dev.pitot.command {
    requires static transitive org.jspecify;
    requires transitive dev.pitot.model;
    requires dev.pitot.wire;

    exports dev.pitot.command;
    exports dev.pitot.command.file;
}
