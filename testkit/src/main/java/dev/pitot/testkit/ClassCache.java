package dev.pitot.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// AOT cache of Pitot's classes for the processes that this JVM's tests start, created for the
/// first of them (JEP 514). The system property `pitot.test.classCache` names its file; without the
/// property, or if it cannot be created, there is no cache. Thread-safe.
final class ClassCache {
    private static final @Nullable String NAME = System.getProperty("pitot.test.classCache");
    private static final Duration TIMEOUT = Duration.ofSeconds(120);

    private static final ClassCache INSTANCE = new ClassCache();

    private Optional<Path> created = Optional.empty(); // guarded by this
    private boolean isTried; // guarded by this

    private ClassCache() {}

    static boolean isWanted() {
        return NAME != null;
    }

    /// Returns the cache's file, which the first caller creates while others wait.
    static Optional<Path> file() {
        return INSTANCE.createdFile();
    }

    private synchronized Optional<Path> createdFile() {
        if (!isTried && NAME != null) {
            try {
                created = create(Path.of(NAME));
                isTried = true;
            } catch (InterruptedException _) { // this test has timed out; the next one tries again
                Thread.currentThread().interrupt();
            }
        }
        return created;
    }

    private static Optional<Path> create(Path file) throws InterruptedException {
        List<String> command = new ArrayList<>(PitotProcess.javaWithoutCache());
        command.add("-XX:AOTCacheOutput=" + file);
        command.addAll(List.of(PitotProcess.MAIN_CLASS, "loopback", "-t", "1"));
        try {
            Files.deleteIfExists(file); // the JVM would not notice that it is of older jars
            CommandRun.of(command, TIMEOUT);
            return Files.exists(file) ? Optional.of(file) : Optional.empty();
        } catch (IOException _) { // tests run without the cache, only slower
            return Optional.empty();
        }
    }
}
