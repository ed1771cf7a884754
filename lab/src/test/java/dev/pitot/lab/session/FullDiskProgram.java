package dev.pitot.lab.session;

import java.nio.file.Files;
import java.nio.file.Path;

/// A session in a process of its own, whose files the system limits.
final class FullDiskProgram {
    private FullDiskProgram() {}

    /// Runs the plan `plan.txt`.
    ///
    /// @param args the folder
    @SuppressWarnings("SystemOut") // a program's
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        try (var stage = new SessionFixture(folder)) {
            SessionEvent.Ended ended = stage.run(Files.readString(folder.resolve("plan.txt")));
            stage.ended()
                    .forEach(each -> System.out.println(each.result().verdict().kind() + " "
                            + each.result().verdict().reason()));
            if (ended.diskFailure() != null) {
                stage.notes().forEach(note -> System.out.println("note " + note));
            }
            System.out.println(ended.summary().counts().text());
        }
    }
}
