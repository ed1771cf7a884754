package dev.pitot.lab.session;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A session in a process of its own, to which something happens.
final class SessionProgram {
    private SessionProgram() {}

    /// The words for a shell that run it.
    ///
    /// @param folder of the session, which has its plan as `plan.txt`
    static String command(Path folder) {
        String classPath = Stream.of(
                        System.getProperty("java.class.path", ""),
                        System.getProperty("jdk.module.path", ""),
                        Path.of("target", "test-classes").toAbsolutePath().toString())
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return "exec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -cp '%s' %s '%s'"
                .formatted(java, classPath, SessionProgram.class.getName(), folder);
    }

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
            if (ended.failure() != null) {
                stage.notes().forEach(note -> System.out.println("note " + note));
            }
            System.out.println(ended.summary().counts().text());
        }
    }
}
