package dev.pitot.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Network namespaces of this process, identified by their names.
final class OwnNamespaces {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String PREFIX = "pitot-";

    private OwnNamespaces() {}

    /// Returns a new prefix for names of namespaces. Removes namespaces left behind by killed
    /// processes, and kills the programs in them.
    static String newName() throws IOException, InterruptedException {
        removeOrphans();
        int random = ThreadLocalRandom.current().nextInt(0x10000);
        return PREFIX + ProcessHandle.current().pid() + "-" + Integer.toHexString(random);
    }

    /// Removes a namespace. Does nothing if it does not exist.
    static void remove(String namespace) throws IOException, InterruptedException {
        CommandRun.of(List.of("ip", "netns", "delete", namespace), TIMEOUT);
    }

    /// Runs a command and returns its standard output.
    ///
    /// @throws IOException with its standard error, if it fails
    static String run(List<String> command) throws IOException, InterruptedException {
        return CommandRun.of(command, TIMEOUT).orThrow();
    }

    private static void removeOrphans() throws IOException, InterruptedException {
        Pattern ours = Pattern.compile("^(" + PREFIX + "(\\d+)-\\S+)", Pattern.MULTILINE);
        Matcher matcher = ours.matcher(run(List.of("ip", "netns", "list")));
        while (matcher.find()) {
            if (ProcessHandle.of(Long.parseLong(matcher.group(2))).isEmpty()) {
                killPrograms(matcher.group(1));
                remove(matcher.group(1));
            }
        }
    }

    /// A namespace without a name lives on in its programs, and an iperf3 that lost its peer may take a
    /// whole processor for ever.
    private static void killPrograms(String namespace) throws IOException, InterruptedException {
        CommandRun pids = CommandRun.of(List.of("ip", "netns", "pids", namespace), TIMEOUT);
        pids.exit()
                .stdout()
                .lines()
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())).stream())
                .forEach(ProcessHandle::destroyForcibly);
    }
}
