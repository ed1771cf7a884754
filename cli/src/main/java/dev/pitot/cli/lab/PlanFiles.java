package dev.pitot.cli.lab;

import dev.pitot.lab.plan.Imported;
import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.plan.PlanException;
import dev.pitot.lab.plan.Plans;
import dev.pitot.lab.store.ResultsFolder.PlanCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/// The plans that a command line names, read before anything runs. One that cannot be read is
/// told, and does not stop the others.
final class PlanFiles {
    private static final String ANY = "*.{yaml,yml,ini}";
    private static final Pattern GLOB = Pattern.compile("[*?\\[{]");

    private final List<ReadPlan> read = new ArrayList<>();
    private boolean areAllReadable = true;

    /// A plan and what it was read from.
    ///
    /// @param name of the file as it was given
    record ReadPlan(String name, Plan plan, PlanCopy copy) {}

    /// @param names files or patterns; empty for every plan of this folder
    PlanFiles(List<String> names, Screen screen) {
        for (String name : names.isEmpty() ? List.of(ANY) : names) {
            for (Path file : files(name, screen)) {
                read(file, screen);
            }
        }
    }

    List<ReadPlan> read() {
        return List.copyOf(read);
    }

    boolean areAllReadable() {
        return areAllReadable;
    }

    private List<Path> files(String name, Screen screen) {
        if (!GLOB.matcher(name).find()) {
            return List.of(Path.of(name));
        }
        Path pattern = Path.of(name);
        Path folder = Objects.requireNonNullElse(pattern.getParent(), Path.of(""));
        try {
            return Plans.find(
                    folder, Objects.requireNonNull(pattern.getFileName(), name).toString());
        } catch (PlanException e) {
            unreadable(String.valueOf(e.getMessage()), screen);
            return List.of();
        }
    }

    private void read(Path file, Screen screen) {
        try {
            Imported imported = Plans.read(file, Nodes.home());
            for (String note : imported.notes()) {
                screen.show(file + ": " + note + "\n");
            }
            String extension = file.toString().endsWith(".ini") ? "ini" : "yaml";
            read.add(new ReadPlan(
                    file.toString(), imported.plan(), new PlanCopy("plan." + extension, Files.readString(file))));
        } catch (PlanException e) {
            unreadable(String.valueOf(e.getMessage()), screen);
        } catch (IOException e) {
            unreadable("cannot read " + file + ": " + e.getMessage(), screen);
        }
    }

    private void unreadable(String why, Screen screen) {
        areAllReadable = false;
        screen.complain(why);
    }
}
