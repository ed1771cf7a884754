import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Pitot beside every iperf3, iperf2 and nuttcp that is found, in alternation: see docs/performance.md. Nothing is asserted.
final class Compare {
    private static final String BEGIN = "<!-- compare:begin -->";
    private static final String END = "<!-- compare:end -->";
    private static final int IDLE_SECONDS = 10;
    private static final int IDLE_PORT = 47291;

    private final Options options;
    private final List<Peer> peers;
    private final Machine machine = new Machine();
    private final StringBuilder report = new StringBuilder();
    private final List<String> documents = new ArrayList<>();

    private Compare(Options options) throws IOException, InterruptedException {
        this.options = options;
        var files = new ArrayList<>(List.of(options.pitot));
        files.addAll(options.peers);
        peers = Peer.of(files);
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        try {
            var compare = new Compare(new Options(args));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                TestRun.stopAll();
                compare.machine.close();
            }));
            compare.run();
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("compare: " + e.getMessage());
            System.exit(1);
        }
    }

    private void run() throws IOException, InterruptedException {
        print(Machine.description() + "; medians of " + options.rounds + " rounds of " + options.seconds
                + " s, all programs in turn.\n\n");
        for (String path : options.paths) {
            boolean isVeth = path.equals("veth");
            if (isVeth) {
                machine.makePair();
            }
            for (String congestion : options.congestion) {
                String where = (isVeth ? ", veth" : "") + (congestion.equals("default") ? "" : ", " + congestion);
                for (Row row : rows()) {
                    if (!row.isUdp() || congestion.equals(options.congestion.getFirst())) {
                        measure(row, congestion, isVeth, row.name() + (row.isUdp() ? (isVeth ? ", veth" : "") : where));
                    }
                }
            }
        }
        for (int count : options.tests) {
            measureTests(count);
        }
        if (options.rows.contains("idle")) {
            measureIdle();
        }
        finish();
    }

    private List<Row> rows() {
        var rows = new ArrayList<>(
                Row.ALL.stream().filter(row -> options.rows.contains(row.name())).toList());
        options.streams.forEach(count -> rows.add(Row.streams(count)));
        options.rates.forEach(rate -> rows.add(Row.paced(rate, false)));
        options.rates.forEach(rate -> rows.add(Row.paced(rate, true)));
        return rows;
    }

    private void print(String text) {
        report.append(text);
        System.out.print(text);
    }

    /// Round 0 warms the machine and the file caches, and does not count.
    private void measure(Row row, String congestion, boolean isVeth, String title) throws IOException, InterruptedException {
        var table = new Table(title, row.unit());
        var words = new ArrayList<>(row.options());
        boolean isCongestionChosen = !congestion.equals("default");
        if (isCongestionChosen) {
            words.addAll(List.of("-C", congestion));
        }
        for (int round = 0; round <= options.rounds; round++) {
            awaitIdle();
            for (Peer peer : inTurn(round)) {
                if (!peer.can(row, isCongestionChosen) || row.oldServer() && !(peer instanceof Iperf3)) {
                    continue;
                }
                Peer server = row.oldServer() ? firstIperf3(peer) : peer;
                try {
                    TestRun run = TestRun.of(peer, server, row, words, options.seconds, machine, isVeth);
                    if (round > 0) {
                        table.add(peer.name(), round, run);
                    }
                } catch (IOException e) {
                    table.fail(peer.name(), e.getMessage());
                }
            }
            if (row.name().startsWith("gsro") && round > 0 && !isVeth) {
                addReference(row, round, table);
            }
        }
        publish(table);
    }

    private Peer firstIperf3(Peer otherwise) {
        return peers.stream()
                .filter(peer -> peer instanceof Iperf3 && !peer.isPitot())
                .findFirst()
                .orElse(otherwise);
    }

    private List<Peer> inTurn(int round) {
        var turned = new ArrayList<>(peers);
        Collections.rotate(turned, round);
        return turned;
    }

    private void awaitIdle() throws IOException, InterruptedException {
        if (options.waitsForIdle) {
            double used = Machine.awaitIdle();
            if (used > 0.05) {
                print(String.format(Locale.ROOT, "The machine was not idle: %.0f %% in use.%n%n", 100 * used));
            }
        }
    }

    /// Runs the C program with the same calls.
    private void addReference(Row row, int round, Table table) throws IOException, InterruptedException {
        Path program = Files.createTempFile("offload", "");
        try {
            String source = options.root.resolve("bench/offload.c").toString();
            if (new ProcessBuilder("cc", "-O2", "-o", program.toString(), source).start().waitFor() != 0) {
                table.fail("C program", "no C compiler");
                return;
            }
            String bytes = row.name().substring("gsro".length());
            Process process = TestRun.start(new String[0], program, bytes, Integer.toString(options.seconds));
            String[] said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip().split(" ");
            TestRun.stop(process);
            if (said.length == 2) {
                double rate = Double.parseDouble(said[0]);
                table.add("C program", round, TestRun.of(rate, Double.parseDouble(said[1]), Double.NaN));
            } else {
                table.fail("C program", "its receiver did not end");
            }
        } finally {
            Files.deleteIfExists(program);
        }
    }

    private void publish(Table table) {
        print(table.markdown());
        documents.add(table.json());
    }

    /// Tests at the same time, each with a server of its own: the sum of their rates.
    private void measureTests(int count) throws IOException, InterruptedException {
        var table = new Table(count + " tests at the same time", "Gbit/s, the sum");
        for (int round = 0; round <= options.rounds; round++) {
            awaitIdle();
            for (Peer peer : inTurn(round)) {
                var running = new ArrayList<CompletableFuture<TestRun>>();
                for (int i = 0; i < count; i++) {
                    running.add(CompletableFuture.supplyAsync(() -> {
                        try {
                            return TestRun.of(peer, peer, Row.streams(1), List.of(), options.seconds, machine, false);
                        } catch (IOException | InterruptedException e) {
                            throw new CompletionException(e);
                        }
                    }, Thread::startVirtualThread));
                }
                try {
                    List<TestRun> runs = running.stream().map(CompletableFuture::join).toList();
                    double sum = runs.stream().mapToDouble(TestRun::rate).sum();
                    double cpu = runs.stream().mapToDouble(run -> run.cpu() * run.rate()).sum() / sum;
                    if (round > 0) {
                        table.add(peer.name(), round, TestRun.of(sum, Double.NaN, cpu));
                    }
                } catch (CompletionException e) {
                    table.fail(peer.name(), String.valueOf(e.getCause().getMessage()));
                }
            }
        }
        publish(table);
    }

    /// Wake-ups, memory and threads of a server without clients.
    private void measureIdle() throws IOException, InterruptedException {
        print("**Idle server**, over " + IDLE_SECONDS + " s\n\n| program | wake-ups per second | memory (RSS), MB | threads |\n|---|---|---|---|\n");
        for (Peer peer : peers) {
            List<String> words = peer.server(IDLE_PORT, Row.streams(1));
            Process server = TestRun.start(new String[0], peer.file(), words.toArray(String[]::new));
            try {
                TestRun.awaitListening(new String[0], IDLE_PORT, server);
                Thread.sleep(5000);
                long before = switches(server.pid());
                Thread.sleep(IDLE_SECONDS * 1000);
                double wakeUps = (switches(server.pid()) - before) / (double) IDLE_SECONDS;
                print("| %s | %s | %s | %d |\n".formatted(
                        peer.name(), Statistics.text(wakeUps), Statistics.text(memory(server.pid())), tasks(server.pid()).size()));
            } finally {
                TestRun.stop(server);
            }
        }
        print("\n");
    }

    private static List<Path> tasks(long pid) throws IOException {
        try (var tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return tasks.toList();
        }
    }

    private static long switches(long pid) throws IOException {
        long sum = 0;
        for (Path task : tasks(pid)) {
            sum += Files.readString(task.resolve("status")).lines()
                    .filter(line -> line.contains("ctxt_switches"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
        return sum;
    }

    private static double memory(long pid) throws IOException {
        return Files.readString(Path.of("/proc/" + pid + "/status")).lines()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1000)
                .sum();
    }

    private void finish() throws IOException {
        if (options.json != null) {
            Files.writeString(options.json, "{\"machine\": \"%s\", \"rows\": [%s]}%n"
                    .formatted(report.substring(0, report.indexOf(";")), String.join(",\n", documents)));
        }
        if (options.writesMarkdown) {
            Path page = options.root.resolve("docs/performance.md");
            String text = Files.readString(page);
            int from = text.indexOf(BEGIN) + BEGIN.length();
            Files.writeString(page, text.substring(0, from) + "\n\n" + report + text.substring(text.indexOf(END)));
        }
    }
}
