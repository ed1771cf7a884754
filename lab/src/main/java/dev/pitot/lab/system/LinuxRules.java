package dev.pitot.lab.system;

import dev.pitot.model.config.Protocol;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/// Linux, with the programs of a distribution or with busybox's.
record LinuxRules() implements SystemRules {
    /// One question to all who may know: each tells something that the others do not. The name
    /// comes as an argument of the script.
    private static final String WIFI = "iw dev \"$1\" link; iwconfig \"$1\"; cat /proc/net/wireless";

    private static final String BATTERY = "cat /sys/class/power_supply/*/uevent";

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
        return new Inquiry<>(List.of(PosixRules.ALL_PROCESSES, PosixRules.TITLED_PROCESSES));
    }

    @Override
    public List<String> end(Ending how, List<Long> pids) {
        return PosixRules.end(how, pids);
    }

    @Override
    public Inquiry<List<InetAddress>> addresses(String networkInterface) {
        String name = Words.networkInterface(networkInterface);
        return new Inquiry<>(List.of(PosixRules.ip(name), PosixRules.ifconfig(name)));
    }

    @Override
    public Inquiry<Boolean> listens(Protocol protocol, int port) {
        return PosixRules.listensByProc(protocol, port);
    }

    @Override
    public Inquiry<Double> ping(String host, int count, Duration patience) {
        return Inquiry.of(
                List.of("ping", "-n", "-c", Words.count(count), "-W", Words.seconds(patience), Words.host(host)),
                PingReplies::mean);
    }

    @Override
    public Inquiry<WifiInfo> wifi(String networkInterface) {
        String name = Words.networkInterface(networkInterface);
        return Inquiry.of(List.of("sh", "-c", WIFI, "sh", name), output -> WifiReader.linux(name, output));
    }

    @Override
    public Inquiry<Battery> battery() {
        return Inquiry.of(List.of("sh", "-c", BATTERY), BatteryReader::linux);
    }

    @Override
    public String temporaryFolder() {
        return "/tmp";
    }
}
