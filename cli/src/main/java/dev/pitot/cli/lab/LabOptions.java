package dev.pitot.cli.lab;

import static dev.pitot.cli.run.PicocliOptions.choice;
import static dev.pitot.cli.run.PicocliOptions.command;
import static dev.pitot.cli.run.PicocliOptions.flag;
import static dev.pitot.cli.run.PicocliOptions.list;
import static dev.pitot.cli.run.PicocliOptions.text;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The options of `pitot lab`, as [PicocliOptions] describes them.
final class LabOptions {
    static final String RUN = "run";
    static final String CHECK = "check";
    static final String SAMPLE = "sample";
    static final String PARSE = "parse";
    static final String LIST = "list";
    static final String SUMMARY = "summary";
    static final String COMPARE = "compare";

    static final List<String> COMMANDS = List.of(RUN, CHECK, SAMPLE, PARSE, LIST, SUMMARY, COMPARE);

    static final String OUTPUT = "--output";
    static final String PARALLEL = "--parallel";
    static final String PLAIN = "--plain";
    static final String RESUME = "--resume";
    static final String FAILED = "--failed";
    static final String ONLY = "--only";
    static final String BAND = "--band";
    static final String NODES = "--nodes";
    static final String GLOB = "-g";
    static final String UNITS = "-u";
    static final String INTERVAL = "-i";
    static final String TOLERANCE = "--tolerance";
    static final String SAVE = "-s";
    static final String ADD = "-v";
    static final String TEE = "-t";
    static final String THREADS = "-p";
    static final String MAXIMUM = "-m";
    static final String LAST_BANDWIDTH = "-l";
    static final String LAST_TRANSFER = "-d";
    static final String JSON = "--json";

    private LabOptions() {}

    /// The command with its subcommands.
    static CommandSpec spec() {
        CommandSpec spec = command(
                "pitot lab", "Sessions of tests over many devices. A plan says what; pitot lab sample writes one.");
        spec.addSubcommand(RUN, run());
        spec.addSubcommand(CHECK, check());
        spec.addSubcommand(SAMPLE, sample());
        spec.addSubcommand(PARSE, parse());
        spec.addSubcommand(LIST, sessions());
        spec.addSubcommand(SUMMARY, summary());
        spec.addSubcommand(COMPARE, compare());
        return spec;
    }

    private static CommandSpec run() {
        CommandSpec spec = command(
                RUN,
                "Runs plans, one after the other. The first SIGINT ends the session in order, a second one at once."
                        + " Exit code: 0 if every test passed, 1 if one could not be measured, 2 if one missed a"
                        + " threshold, 130 if the session was stopped.");
        plans(spec);
        spec.addOption(text(OUTPUT, "FOLDER", "folder for the results, instead of the plan's"));
        spec.addOption(text(
                PARALLEL, "N", "tests that run at the same time if they share no node (default: the plan's, or 1)"));
        spec.addOption(flag(PLAIN, "no line that changes in place, even on a terminal"));
        spec.addOption(text(
                RESUME,
                "FOLDER",
                "go on with the session in this folder of results, and its plan: run the tests that have no result or"
                        + " were stopped"));
        spec.addOption(
                text(FAILED, "FOLDER", "as " + RESUME + ", and run again the tests that failed or missed a threshold"));
        spec.addOption(list(
                ONLY,
                "TEST/NODE/TAG",
                "only these tests, such as tcp/tate/angle_90 or 'udp*' or '*/*/angle=90,parallel=4'; may be"
                        + " repeated"));
        return spec;
    }

    private static CommandSpec check() {
        CommandSpec spec =
                command(CHECK, "Reads plans and reports every mistake; with " + NODES + " tries the nodes too.");
        plans(spec);
        spec.addOption(
                flag(NODES, "reach every node, look for its programs and its address; fails if one cannot be used"));
        return spec;
    }

    private static CommandSpec sample() {
        CommandSpec spec = command(SAMPLE, "Writes a sample plan with comments. Never overwrites.");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("FILE")
                .index("0")
                .arity("0..1")
                .type(String.class)
                .description("name of the file (default lab.yaml; - for standard output)")
                .build());
        return spec;
    }

    private static CommandSpec parse() {
        CommandSpec spec = command(
                PARSE, "Reads results from the output of iperf3, iperf 2 or Pitot, in files or on standard input.");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("FILE")
                .index("0..*")
                .arity("0..*")
                .type(String[].class)
                .description("file with such output (default: standard input)")
                .build());
        spec.addOption(text(
                GLOB,
                "GLOB",
                "files in this folder and those in it whose name matches, such as '*.iperf', instead of FILE"));
        spec.addOption(choice(
                UNITS,
                "UNITS",
                List.of("bits", "Kbits", "Mbits", "Gbits", "Bytes", "KBytes", "MBytes", "GBytes"),
                "bits, Kbits, Mbits, Gbits, Bytes, KBytes, MBytes or GBytes (default Mbits)"));
        spec.addOption(text(
                INTERVAL,
                "SECONDS",
                "length of an interval; lines that cover more are left out (default: as they come)"));
        spec.addOption(text(TOLERANCE, "SECONDS", "how much longer than that an interval may be (default 0.1)"));
        spec.addOption(flag(
                SAVE,
                "save as <name>_parsed.csv (with --json: .jsonl) beside each file, unless that is there already"));
        spec.addOption(flag(ADD, "add the streams up, even if the output has their sums"));
        spec.addOption(flag(TEE, "copy what is read to standard error, with ? for control characters"));
        spec.addOption(text(
                THREADS,
                "N",
                "streams of the test (-P): with 1 the lines of that stream are read, with more those of their sums"
                        + " (default: sums if there are any, otherwise the streams are added up)"));
        spec.addOption(text(
                MAXIMUM,
                "RATE",
                "largest rate that is believed, in the units of -u; larger values are left empty (default 1e9)"));
        spec.addOption(flag(LAST_BANDWIDTH, "only the rate of the program's own total"));
        spec.addOption(flag(LAST_TRANSFER, "only the amount of the program's own total"));
        spec.addOption(flag(JSON, "one JSON object for each row"));
        return spec;
    }

    private static CommandSpec sessions() {
        CommandSpec spec = command(LIST, "Lists the sessions below a folder.");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("FOLDER")
                .index("0")
                .arity("0..1")
                .type(String.class)
                .description("folder that holds folders of results (default: the current one)")
                .build());
        spec.addOption(flag(JSON, "one JSON object for each session"));
        return spec;
    }

    private static CommandSpec summary() {
        CommandSpec spec = command(
                SUMMARY,
                "Writes the summaries of a session again, also of one that was killed, and shows them. Exit code: 0 if"
                        + " every test passed, 1 if one could not be measured, was stopped or has no result, 2 if one"
                        + " missed a threshold.");
        folders(spec, "folder of results");
        return spec;
    }

    private static CommandSpec compare() {
        CommandSpec spec = command(
                COMPARE,
                "Compares two sessions: medians of rate, loss and jitter. Exit code: 0 if nothing is worse, 2 if"
                        + " something is, 1 if there is nothing to compare.");
        folders(spec, "the two folders of results, the earlier one first");
        spec.addOption(
                text(BAND, "PERCENT", "a smaller difference is noise (default 5; more if repetitions spread more)"));
        spec.addOption(flag(JSON, "one JSON object for each figure"));
        return spec;
    }

    private static void folders(CommandSpec spec, String description) {
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("FOLDER")
                .index("0..*")
                .arity("0..*")
                .type(String[].class)
                .description(description)
                .build());
    }

    private static void plans(CommandSpec spec) {
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("PLAN")
                .index("0..*")
                .arity("0..*")
                .type(String[].class)
                .description("a file (YAML, or apetools' INI), or a pattern of names such as '*.yaml' in their"
                        + " order (default: every *.yaml, *.yml and *.ini here)")
                .build());
    }
}
