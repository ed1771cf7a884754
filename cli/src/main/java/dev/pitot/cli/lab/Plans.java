package dev.pitot.cli.lab;

import dev.pitot.lab.plan.Plan;
import dev.pitot.lab.plan.PlanException;
import dev.pitot.lab.store.ResultsFolder.PlanCopy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The plans that a command line names, read before anything runs. One that cannot be read is told,
/// and does not stop the others.
final class Plans {
    private final List<ReadPlan> read = new ArrayList<>();
    private boolean areAllReadable = true;

    /// A plan and what it was read from.
    record ReadPlan(Path file, Plan plan, PlanCopy copy, List<String> notes) {
        ReadPlan {
            notes = List.copyOf(notes);
        }
    }

    /// @param names files or patterns; empty for every plan of this folder
    Plans(List<String> names, Screen screen) {
        for (Path file : files(names, screen)) {
            try {
                ReadPlan plan = read(file);
                plan.notes().forEach(note -> screen.show(note + "\n"));
                read.add(plan);
            } catch (PlanException e) {
                screen.complain(String.valueOf(e.getMessage()));
                areAllReadable = false;
            }
        }
    }

    List<ReadPlan> read() {
        return List.copyOf(read);
    }

    boolean areAllReadable() {
        return areAllReadable;
    }
}
