package dev.pitot.cli.run;

import dev.pitot.output.ProgramInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Name and version of the program, and the system it runs on.
public final class VersionInfo {
    private static final String IPERF_VERSION = "3.21"; // the version whose protocol and output are implemented
    private static final String LINUX_FEATURES = "CPU affinity setting, IPv6 flow label, SCTP,"
            + " TCP congestion algorithm setting, sendfile / zerocopy, socket pacing, authentication, bind to device,"
            + " support IPv4 don't fragment, POSIX threads, GSO/GRO support"; // all that iperf_util.c knows
    private static final String PORTABLE_FEATURES = "sendfile / zerocopy, authentication, support IPv4 don't fragment";
    private static final Path KERNEL = Path.of("/proc/sys/kernel");

    private VersionInfo() {}

    /// Returns the first two lines of `-v`.
    public static ProgramInfo program() {
        return new ProgramInfo("iperf " + IPERF_VERSION + " (Pitot " + version() + ")", systemInfo());
    }

    /// Returns the text of `-v`: program, system, and the features that not every system has, in
    /// iperf's words. They are derived from the system's name: probing the sockets would take longer
    /// than all the rest.
    public static String text() {
        ProgramInfo program = program();
        String features = System.getProperty("os.name").equals("Linux") ? LINUX_FEATURES : PORTABLE_FEATURES;
        return program.version() + "\n" + program.systemInfo() + "\nOptional features available: " + features + "\n";
    }

    /// Returns the version of the build, which Maven writes into a resource.
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

    /// Returns kernel, host and processor as `uname -a` prints them, in iperf's order (iperf_util.c:
    /// get_system_info).
    private static String systemInfo() {
        String machine = System.getProperty("os.arch");
        String processor = machine.equals("amd64") ? "x86_64" : machine; // Java's name of x86_64
        try {
            return String.join(
                    " ", kernel("ostype"), kernel("hostname"), kernel("osrelease"), kernel("version"), processor);
        } catch (IOException _) { // not Linux: Java's properties
            return System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + processor;
        }
    }

    private static String kernel(String name) throws IOException {
        return Files.readString(KERNEL.resolve(name)).strip();
    }
}
