package dev.pitot.cli.run;

import dev.pitot.output.ProgramInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the program calls itself, and the system it runs on.
public final class VersionInfo {
    private static final String IPERF_VERSION = "3.21"; // the version whose protocol and output are spoken
    private static final String LINUX_FEATURES = "CPU affinity setting, IPv6 flow label, SCTP,"
            + " TCP congestion algorithm setting, sendfile / zerocopy, socket pacing, authentication, bind to device,"
            + " support IPv4 don't fragment, POSIX threads, GSO/GRO support"; // all that iperf_util.c knows
    private static final String PORTABLE_FEATURES = "sendfile / zerocopy, authentication, support IPv4 don't fragment";
    private static final Path KERNEL = Path.of("/proc/sys/kernel");

    private VersionInfo() {}

    /// The first two lines of `-v`.
    public static ProgramInfo program() {
        return new ProgramInfo("iperf " + IPERF_VERSION + " (Pitot " + version() + ")", systemInfo());
    }

    /// What `-v` prints: program, system, and the features that not every system has, in iperf's
    /// words. They are known by the system's name: asking the sockets would take longer than all
    /// the rest.
    public static String text() {
        ProgramInfo program = program();
        String features = System.getProperty("os.name").equals("Linux") ? LINUX_FEATURES : PORTABLE_FEATURES;
        return program.version() + "\n" + program.systemInfo() + "\nOptional features available: " + features + "\n";
    }

    /// The version of the build, which Maven writes into a resource.
    public static String version() {
        try (InputStream resource = VersionInfo.class.getResourceAsStream("version.txt")) {
            if (resource == null) {
                throw new IllegalStateException("version.txt is missing from the build");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What `uname -a` says of kernel, host and processor, in iperf's order (iperf_util.c:
    /// get_system_info).
    private static String systemInfo() {
        String machine = System.getProperty("os.arch");
        String processor = machine.equals("amd64") ? "x86_64" : machine; // Java's name for what uname calls x86_64
        try {
            return String.join(
                    " ", kernel("ostype"), kernel("hostname"), kernel("osrelease"), kernel("version"), processor);
        } catch (IOException _) { // no Linux: what Java knows of the system
            return System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + processor;
        }
    }

    private static String kernel(String name) throws IOException {
        return Files.readString(KERNEL.resolve(name)).strip();
    }
}
