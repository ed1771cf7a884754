package dev.pitot.dist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Properties;

/// What packages are made from.
///
/// @param repository root of the source tree, whose jars in `cli/target/app` are up to date
/// @param output directory for what is made
/// @param version of the program
/// @param time the time of every file in a package
/// @param platform that packages are made for
record Build(Path repository, Path output, String version, Instant time, Platform platform) {
    /// Returns this version's build, of a source tree into a directory.
    ///
    /// @throws PackagingException if packages are not made on this platform
    static Build of(Path repository, Path output) throws IOException, PackagingException {
        var values = new Properties();
        try (InputStream file = Objects.requireNonNull(Build.class.getResourceAsStream("build.properties"))) {
            values.load(file);
        }
        return new Build(
                repository,
                output,
                values.getProperty("version"),
                Instant.parse(values.getProperty("time")),
                Platform.current());
    }

    /// Jars of the program, as module `cli` leaves them.
    Path app() {
        return repository.resolve("cli/target/app");
    }

    /// Directory of the tree that every package contains.
    Path tree() {
        return output.resolve("tree");
    }

    /// Directory in which packages are made: one that is not whole stays here.
    Path unfinished() {
        return output.resolve("unfinished");
    }

    /// Directory for the packages themselves.
    Path packages() {
        return output.resolve("packages");
    }
}
