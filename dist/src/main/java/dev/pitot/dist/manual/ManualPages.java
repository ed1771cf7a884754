package dev.pitot.dist.manual;

import dev.pitot.cli.OwnCommands;
import dev.pitot.command.OptionTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/// All manual pages. Their texts are Markdown beside this class, options come from the tables that the
/// program parses by, and the page of plans is docs/lab-plan.md, whose tables are made from the keys of
/// plans.
public final class ManualPages {
    private static final String PROGRAM = "pitot";
    private static final String PLAN = "pitot-plan";

    private final Path planDocument;
    private final String version;
    private final String date;
    private final Map<String, CommandSpec> specs = OwnCommands.specs();

    /// @param planDocument docs/lab-plan.md
    /// @param version of Pitot
    /// @param time of the build, whose date the pages have
    public ManualPages(Path planDocument, String version, Instant time) {
        this.planDocument = planDocument;
        this.version = version;
        date = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(time);
    }

    /// Writes the pages as `man1/pitot.1` and so on.
    ///
    /// @param folder of manual pages, such as share/man
    public void write(Path folder) throws IOException {
        Path commands = Files.createDirectories(folder.resolve("man1"));
        for (String name : commands()) {
            Files.writeString(commands.resolve(name + ".1"), command(name), StandardCharsets.UTF_8);
        }
        Path files = Files.createDirectories(folder.resolve("man5"));
        Files.writeString(files.resolve(PLAN + ".5"), plan(), StandardCharsets.UTF_8);
    }

    /// The names of the pages of commands: `pitot`, which has `help`, and one for each other.
    static List<String> commands() {
        return Stream.concat(
                        Stream.of(PROGRAM),
                        OwnCommands.NAMES.stream()
                                .filter(name -> !name.equals("help"))
                                .map(name -> PROGRAM + "-" + name))
                .toList();
    }

    /// The page of a command.
    String command(String name) throws IOException {
        return page(name, 1, resource(name + ".1.md"));
    }

    /// The page of plans: the introduction, and all of docs/lab-plan.md but its title.
    String plan() throws IOException {
        String document = Files.readString(planDocument).replaceFirst("# .*\n", "");
        return page(PLAN, 5, resource(PLAN + ".5.md").replace("{document}\n", document));
    }

    private String page(String name, int section, String markdown) {
        var page = new ManualPage(name, section, date, "Pitot " + version);
        new ManualMarkdown(markdown, page, (word, argument) -> generate(word, argument, page)).write();
        return page.text();
    }

    private void generate(String word, String argument, ManualPage page) {
        switch (word) {
            case "options" -> options(argument, page);
            case "synopsis" -> page.paragraph(List.of(synopsis(argument)));
            case "commands" -> commands(argument, page);
            case "variables" ->
                page.paragraph(OptionTable.variables().stream().map(Troff::bold).toList());
            default -> throw new IllegalArgumentException("{" + word + "} is unknown in a manual page");
        }
    }

    private void options(String of, ManualPage page) {
        switch (of) {
            case "general" -> OptionItems.write(OptionTable.COMMON, page);
            case "server" -> OptionItems.write(OptionTable.SERVER, page);
            case "client" -> OptionItems.write(OptionTable.CLIENT, page);
            case "metrics" -> OptionItems.write(OptionTable.METRICS, page);
            case "loopback" -> OptionItems.write(OptionTable.LOOPBACK, page);
            default -> OptionItems.write(spec(of), page);
        }
    }

    private String synopsis(String command) {
        return OptionItems.synopsis("pitot " + command, spec(command));
    }

    /// A part for each subcommand, with its options.
    private void commands(String of, ManualPage page) {
        for (Map.Entry<String, picocli.CommandLine> sub : spec(of).subcommands().entrySet()) {
            CommandSpec command = sub.getValue().getCommandSpec();
            String name = of + " " + sub.getKey();
            page.subsection("pitot " + name);
            page.paragraph(List.of(synopsis(name)));
            page.paragraph(
                    List.of(Troff.help(String.join(" ", command.usageMessage().description()))));
            OptionItems.write(command, page);
        }
    }

    /// @param command such as `exporter` or `lab run`
    private CommandSpec spec(String command) {
        String[] words = command.split(" ", 2);
        CommandSpec spec = Objects.requireNonNull(specs.get(words[0]), () -> "no command " + command);
        return words.length == 1
                ? spec
                : Objects.requireNonNull(spec.subcommands().get(words[1]), () -> "no command " + command)
                        .getCommandSpec();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ManualPages.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(in, () -> name + " is missing from the build")
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        }
    }
}
