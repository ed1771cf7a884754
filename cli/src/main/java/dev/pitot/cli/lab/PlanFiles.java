package dev.pitot.cli.lab;

import dev.pitot.command.file.FileErrorText;
import dev.pitot.lab.plan.ImportResult;
import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.plan.PlanException;
import dev.pitot.lab.plan.Plans;
import dev.pitot.lab.results.ResultsFolder.PlanCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// The plans that a command line names, read before anything runs. One that cannot be read is
/// reported, and does not stop the others.
final class PlanFiles {
    private static final String ANY = "*.{yaml,yml,ini}";
    private static final Pattern GLOB = Pattern.compile("[*?\\[{]");

    private final List<ReadPlan> read = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();

    /// A plan and what it was read from.
    ///
    /// @param name of the file as it was given
    record ReadPlan(String name, Plan plan, PlanCopy copy) {}

    /// @param names files or patterns; empty for every plan of this folder
    PlanFiles(List<String> names, LabConsole labConsole) {
        for (String name : names.isEmpty() ? List.of(ANY) : names) {
            for (Path file : files(name, labConsole)) {
                read(file, labConsole);
            }
        }
    }

    List<ReadPlan> read() {
        return List.copyOf(read);
    }

    /// As they were named; the reason was printed when they were read.
    List<String> unreadable() {
        return List.copyOf(unreadable);
    }

    private List<Path> files(String name, LabConsole labConsole) {
        if (!GLOB.matcher(name).find() || Files.exists(Path.of(name))) {
            return List.of(Path.of(name));
        }
        Path pattern = Path.of(name);
        Path folder = Objects.requireNonNullElse(pattern.getParent(), Path.of(""));
        try {
            return Plans.find(
                    folder, Objects.requireNonNull(pattern.getFileName(), name).toString());
        } catch (PlanException e) { // it is about the folder, and has no line in a file
            String where = folder.toString().isEmpty() ? "" : folder + ": ";
            unreadable(name, where + e.problems().getFirst().sentence(), labConsole::complain);
            return List.of();
        }
    }

    private void read(Path file, LabConsole labConsole) {
        String name = file.toString();
        if (!Files.exists(file)) {
            unreadable(
                    name,
                    "there is no plan " + name + ": 'pitot lab sample " + name + "' writes one",
                    labConsole::complain);
            return;
        }
        if (Files.isDirectory(file)) {
            unreadable(
                    name,
                    name + " is a folder: name the plans in it, such as '" + file.resolve("*.yaml") + "'",
                    labConsole::complain);
            return;
        }
        try {
            ImportResult imported = Plans.read(file, Nodes.home());
            for (String note : imported.notes()) {
                labConsole.show(name + ": " + note + "\n");
            }
            String extension = name.toLowerCase(Locale.ROOT).endsWith(".ini") ? "ini" : "yaml";
            read.add(new ReadPlan(
                    name,
                    imported.plan(),
                    new PlanCopy(
                            "plan." + extension,
                            Files.readString(file),
                            file.toAbsolutePath().normalize().getParent(),
                            List.of(),
                            null)));
        } catch (PlanException e) {
            unreadable(name, String.valueOf(e.getMessage()), labConsole::locate);
        } catch (IOException e) {
            unreadable(name, "cannot read " + name + ": " + FileErrorText.of(e), labConsole::complain);
        }
    }

    private void unreadable(String name, String why, Consumer<String> report) {
        unreadable.add(name);
        report.accept(why);
    }
}
