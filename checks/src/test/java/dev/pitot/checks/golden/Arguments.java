package dev.pitot.checks.golden;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The arguments of a recorded command line, made fit for a stage of our own. The rules: the port
/// and paths are ours; a test of two seconds or more takes one, with a report each half second at
/// the client, so that it still has several of them; one of several streams takes two seconds,
/// because reports of the server, which come each second, are parted.
final class Arguments {
    private final Path folder;

    /// @param folder where the files are that recorded options name
    Arguments(Path folder) {
        this.folder = folder;
    }

    /// What follows the name of the program, for a client or whoever was watched instead.
    ///
    /// @param port in place of the recorded one
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
                        case "--connect-timeout" -> "5000"; // a refusal needs none, and a busy machine more than 500 ms
                        default -> onStage(arg);
                    });
        }
        return args;
    }

    /// What follows `-s -p PORT`.
    List<String> ofServer(String command) {
        List<String> args = new ArrayList<>(split(command));
        args.remove("-s");
        int port = args.indexOf("-p");
        args.subList(port, port + 2).clear();
        args.replaceAll(this::onStage);
        return args;
    }

    /// A shorter test, where the recorded one is longer than it need be.
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

    /// Words of a command line. The recorder has lost the quotes: a word that is no option and
    /// follows a value belongs to that value, because none of these programs takes such words.
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

    /// The recorded test is about a port that is none.
    private static boolean isTooHigh(String port) {
        return Integer.parseInt(port) > 0xFFFF;
    }

    private String onStage(String arg) {
        return arg.startsWith("auth/") || arg.equals("bash")
                ? folder.resolve(arg).toString()
                : arg;
    }
}
