package dev.pitot.lab.system;

import dev.pitot.model.config.Protocol;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/// Android, from the toolbox of version 2 to toybox.
record AndroidRules() implements SystemRules {
    /// `dumpsys wifi` is megabytes long, of which one line tells of the link.
    private static final String WIFI = "dumpsys wifi | grep mWifiInfo; iw dev \"$1\" link; cat /proc/net/wireless";

    @Override
    public boolean runsCommands() {
        return true;
    }

    @Override
    public String commandLine(List<String> command) {
        return Words.posix(command);
    }

    @Override
    public Inquiry<List<ListedProcess>> processes() {
        return new Inquiry<>(List.of(
                new Inquiry.Way<>(List.of("ps", "-A", "-o", "PID,NAME"), ProcessTable::titled),
                PosixRules.TITLED_PROCESSES));
    }

    @Override
    public List<String> end(Ending how, List<Long> pids) {
        return PosixRules.end(how, pids);
    }

    @Override
    public Inquiry<List<InetAddress>> addresses(String networkInterface) {
        String name = Words.networkInterface(networkInterface);
        return new Inquiry<>(List.of(
                PosixRules.ip(name),
                PosixRules.ifconfig(name),
                new Inquiry.Way<>(List.of("netcfg"), output -> AddressList.netcfg(name, output))));
    }

    @Override
    public Inquiry<Boolean> listens(Protocol protocol, int port) {
        return PosixRules.listensByProc(protocol, port);
    }

    @Override
    public Inquiry<Double> ping(String host, int count, Duration patience) {
        String program = host.indexOf(':') < 0 ? "ping" : "ping6"; // one for both only since Android 10
        return Inquiry.of(
                List.of(program, "-n", "-c", Words.count(count), "-W", Words.seconds(patience), Words.host(host)),
                PingReplies::mean);
    }

    @Override
    public Inquiry<WifiInfo> wifi(String networkInterface) {
        String name = Words.networkInterface(networkInterface);
        return Inquiry.of(List.of("sh", "-c", WIFI, "sh", name), output -> WifiReader.android(name, output));
    }

    @Override
    public Inquiry<Battery> battery() {
        return Inquiry.of(List.of("dumpsys", "battery"), BatteryReader::android);
    }

    @Override
    public String temporaryFolder() {
        return "/data/local/tmp"; // the only folder that a shell may write to and run programs from
    }
}
