package dev.pitot.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Network namespaces of this process, told from all others by their names.
final class OwnNamespaces {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PREFIX = "pitot-";

    private OwnNamespaces() {}

    /// What the names of some namespaces may begin with. Removes those that a killed process has
    /// left behind.
    static String newName() throws IOException, InterruptedException {
        removeOrphans();
        int random = ThreadLocalRandom.current().nextInt(0x10000);
        return PREFIX + ProcessHandle.current().pid() + "-" + Integer.toHexString(random);
    }

    /// Does nothing if there is no such namespace: one may never have come to be.
    static void remove(String namespace) throws IOException, InterruptedException {
        CommandRun.of(List.of("ip", "netns", "delete", namespace), PATIENCE);
    }

    /// What a command says.
    ///
    /// @throws IOException with its words, if it fails
    static String run(List<String> command) throws IOException, InterruptedException {
        return CommandRun.of(command, PATIENCE).orThrow();
    }

    private static void removeOrphans() throws IOException, InterruptedException {
        Pattern ours = Pattern.compile("^(" + PREFIX + "(\\d+)-\\S+)", Pattern.MULTILINE);
        Matcher matcher = ours.matcher(run(List.of("ip", "netns", "list")));
        while (matcher.find()) {
            if (ProcessHandle.of(Long.parseLong(matcher.group(2))).isEmpty()) {
                remove(matcher.group(1));
            }
        }
    }
}
