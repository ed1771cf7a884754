package dev.pitot.lab.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The process that holds a lease, in the lease's text: ` [BOOT NAMESPACE PID BEGIN]`, where BOOT and
/// NAMESPACE identify the process namespace of the other two. Without `/proc` it is left out, and no process
/// counts as gone.
final class HolderProcess {
    private static final Pattern TEXT = Pattern.compile(" \\[([0-9a-f-]{1,40} \\d{1,20}) (\\d{1,10}) (\\d{1,20})]$");
    private static final Pattern ANSWER = Pattern.compile("(?:held|live) ([A-Za-z0-9._]+) (.*)");
    private static final int STATE = 0; // of the words after a process's name in its stat
    private static final int BEGIN = 19;

    private HolderProcess() {}

    /// That of this process; empty if it is not known.
    static String own() {
        try {
            long pid = ProcessHandle.current().pid();
            return " [" + world() + " " + pid + " " + stat(Long.toString(pid))[BEGIN] + "]";
        } catch (IOException | RuntimeException _) {
            return "";
        }
    }

    private static String world() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
                + " "
                + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"))
                        .toString()
                        .replaceAll("\\D", "");
    }

    private static String[] stat(String pid) throws IOException {
        String line = Files.readString(Path.of("/proc", pid, "stat"));
        return line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    }

    /// The text for people.
    static String without(String text) {
        return TEXT.matcher(text).replaceFirst("");
    }

    /// The sessions, separated by blanks, among those that a node has reported, whose process was one of
    /// this user on this machine and is gone. Another user's may be hidden.
    static String gone(List<String> reported) {
        List<String> sessions = new ArrayList<>();
        for (String line : reported) {
            Matcher answer = ANSWER.matcher(line);
            if (answer.matches() && isGone(answer.group(2)) && !sessions.contains(answer.group(1))) {
                sessions.add(answer.group(1));
            }
        }
        return String.join(" ", sessions);
    }

    private static boolean isGone(String text) {
        Matcher holder = TEXT.matcher(text);
        if (!holder.find() || !text.startsWith(System.getProperty("user.name") + "@")) {
            return false;
        }
        try {
            if (!holder.group(1).equals(world())) {
                return false;
            }
            String[] stat = stat(holder.group(2));
            return !stat[BEGIN].equals(holder.group(3)) || stat[STATE].matches("[ZX]");
        } catch (NoSuchFileException _) {
            return true;
        } catch (IOException | RuntimeException _) {
            return false;
        }
    }
}
