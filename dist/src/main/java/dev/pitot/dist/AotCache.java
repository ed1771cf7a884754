package dev.pitot.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// The AOT cache (JEP 483): the classes of several training runs, loaded and linked. The JVM uses it as long
/// as the jars have the size and time that they had then, wherever they lie; otherwise it starts without it,
/// slower.
///
/// One process cannot be client and server and all else that users start, so the cache is made from lists of
/// classes, one for each run, instead of from one recorded run (JEP 514). What this leaves out, profiles of
/// methods, would make the JVM compile all of that run's methods at each start.
final class AotCache {
    /// Name of the cache in the program's directory.
    static final String FILE = "pitot.aot";

    private static final String MERGED = "merged.classes";

    private AotCache() {}

    /// Makes the cache in a program's directory, whose files have their final sizes and times.
    ///
    /// @param work a directory for files that are only needed meanwhile
    static void create(Path home, Path work) throws IOException, PackagingException {
        ProgramTree.delete(work);
        Files.createDirectories(work);
        Path launcher = home.resolve("pitot");
        new TrainingRuns(launcher, work).record();
        Files.write(work.resolve(MERGED), merge(work), StandardCharsets.UTF_8);
        BuildTool.run(
                work,
                // relative paths: the launcher splits at blanks
                Map.of(
                        "PITOT_JAVA_OPTS",
                        "-Xshare:dump -XX:+AOTClassLinking -XX:SharedClassListFile=" + MERGED
                                + " -XX:SharedArchiveFile=" + FILE),
                List.of(launcher.toString()));
        Files.move(work.resolve(FILE), home.resolve(FILE));
    }

    /// Returns the lines of all lists. The numbers in them are counted from 0 in each, and only matter for
    /// classes of other class loaders, which a cache cannot have.
    private static Set<String> merge(Path work) throws IOException {
        Set<String> merged = new LinkedHashSet<>();
        try (Stream<Path> files = Files.list(work)) {
            for (Path list : files.filter(file -> file.toString().endsWith(TrainingRuns.LIST))
                    .sorted()
                    .toList()) {
                Files.readAllLines(list).stream()
                        .filter(line -> !line.startsWith("#") && !line.contains(" source: "))
                        .map(line -> line.replaceFirst(" id: \\d+$", ""))
                        .forEach(merged::add);
            }
        }
        return merged;
    }
}
