package dev.pitot.checks.golden;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Converts the arguments of a recorded command line for a replay. The rules: port and paths are
/// replaced; a test of two seconds or more is cut to one, with a report each half second at the client,
/// so that it still has several; a test of several streams takes two seconds, because the server's
/// reports, one per second, have separator lines.
final class Arguments {
    private final Path folder;

    /// @param folder with the files that recorded options name
    Arguments(Path folder) {
        this.folder = folder;
    }

    /// Returns the arguments after the program's name, for a client or the other program that was
    /// recorded.
    ///
    /// @param port replaces the recorded one
    List<String> ofClient(String command, int port) {
        List<String> args = new ArrayList<>();
        List<String> recorded = split(command);
        for (int i = 0; i < recorded.size(); i++) {
            String arg = recorded.get(i);
            boolean isValue = i > 0;
            String before = isValue ? recorded.get(i - 1) : "";
            args.add(
                    switch (before) {
                        case "-p" -> isTooHigh(arg) ? arg : Integer.toString(port);
                        case "--connect-timeout" -> "5000"; // a refusal needs no time, a busy machine more than 500 ms
                        default -> onStage(arg);
                    });
        }
        return args;
    }

    /// Returns the arguments after `-s -p PORT`.
    List<String> ofServer(String command) {
        List<String> args = new ArrayList<>(split(command));
        args.remove("-s");
        int port = args.indexOf("-p");
        args.subList(port, port + 2).clear();
        args.replaceAll(this::onStage);
        return args;
    }

    /// Shortens a test that is longer than necessary.
    List<String> shortened(List<String> args) {
        int time = args.indexOf("-t");
        if (time < 0) {
            return args;
        }
        List<String> shorter = new ArrayList<>(args);
        boolean hasParts = args.contains("-P");
        int seconds = Integer.parseInt(args.get(time + 1));
        if (hasParts && seconds > 2) {
            shorter.set(time + 1, "2");
        } else if (!hasParts && seconds > 1) {
            shorter.set(time + 1, "1");
            if (!shorter.contains("-i")) {
                shorter.addAll(List.of("-i", "0.5"));
            }
        }
        return shorter;
    }

    /// Splits a command line into words. The recorder has lost the quotes: a word that is not an option
    /// and follows a value belongs to that value, because none of these programs takes such words.
    static List<String> split(String command) {
        List<String> args = new ArrayList<>();
        boolean isValue = false;
        for (String word : command.split(" ", -1)) {
            if (word.startsWith("-") || !isValue) {
                isValue = !word.startsWith("-") || word.contains("=");
                args.add(word);
            } else {
                args.add(args.removeLast() + " " + word);
            }
        }
        return args.subList(1, args.size());
    }

    /// True for a port above 65535, which the recorded test is about.
    private static boolean isTooHigh(String port) {
        return Integer.parseInt(port) > 0xFFFF;
    }

    private String onStage(String arg) {
        return arg.startsWith("auth/") || arg.equals("bash")
                ? folder.resolve(arg).toString()
                : arg;
    }
}
