import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the command line asks for.
final class Options {
    final Path root;
    final List<Path> peers = new ArrayList<>();
    Path pitot;
    List<String> rows = List.of();
    List<Integer> streams = List.of();
    List<String> rates = List.of();
    List<Integer> tests = List.of();
    List<String> congestion = List.of("default");
    List<String> paths = List.of("loopback");
    int rounds = 7;
    int seconds = 3;
    boolean waitsForIdle;
    boolean writesMarkdown;
    Path json;

    Options(String[] args) throws IOException {
        root = Path.of(args[0]).toRealPath();
        pitot = root.resolve("pitot");
        Deque<String> words = new ArrayDeque<>(Arrays.asList(args).subList(1, args.length));
        while (!words.isEmpty()) {
            take(words.poll(), words);
        }
        if (peers.isEmpty()) {
            Stream.of("iperf3", "iperf", "nuttcp").flatMap(program -> onPath(program).stream()).forEach(peers::add);
        }
        if (rows.isEmpty() && streams.isEmpty() && rates.isEmpty() && tests.isEmpty()) {
            rows = Stream.concat(Row.ALL.stream().map(Row::name), Stream.of("idle")).toList();
        }
    }

    private void take(String option, Deque<String> words) {
        switch (option) {
            case "--wait-idle" -> waitsForIdle = true;
            case "--markdown" -> writesMarkdown = true;
            case "--pitot" -> pitot = Path.of(value(option, words));
            case "--peer" -> peers.add(Path.of(value(option, words)));
            case "--rows" -> rows = known(list(option, words));
            case "--streams" -> streams = numbers(option, words);
            case "--rates" -> rates = list(option, words);
            case "--tests" -> tests = numbers(option, words);
            case "--congestion" -> congestion = list(option, words);
            case "--path" -> paths = list(option, words);
            case "--rounds" -> rounds = Integer.parseInt(value(option, words));
            case "--seconds" -> seconds = Integer.parseInt(value(option, words));
            case "--json" -> json = Path.of(value(option, words));
            default -> throw new IllegalArgumentException("unknown option " + option + ": see docs/performance.md");
        }
    }

    private static String value(String option, Deque<String> words) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return words.poll();
    }

    private static List<String> list(String option, Deque<String> words) {
        return List.of(value(option, words).split(","));
    }

    private static List<Integer> numbers(String option, Deque<String> words) {
        return list(option, words).stream().map(Integer::valueOf).toList();
    }

    private static List<String> known(List<String> names) {
        List<String> all = Stream.concat(Row.ALL.stream().map(Row::name), Stream.of("idle")).toList();
        names.stream().filter(name -> !all.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("no row " + name + ": there are " + String.join(", ", all));
        });
        return names;
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
