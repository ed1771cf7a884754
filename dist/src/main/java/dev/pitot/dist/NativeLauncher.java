package dev.pitot.dist;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The program that starts the JVM, compiled from C. It is linked statically, so that it runs with any C
/// library that the JVM runs with, which is an older one than that of the machine that compiles.
final class NativeLauncher {
    private NativeLauncher() {}

    /// Compiles it.
    ///
    /// @param sources directory of `pitot.c`
    /// @param program file to write
    static void compile(Path sources, Path program) throws IOException, PackagingException {
        try {
            BuildTool.run(
                    sources,
                    Map.of("LC_ALL", "C"),
                    List.of(
                            "cc",
                            "-std=c11",
                            "-Os",
                            "-Wall",
                            "-Wextra",
                            "-Werror",
                            "-static",
                            "-s",
                            "-Wl,--build-id=none",
                            "-o",
                            program.toString(),
                            "pitot.c"));
        } catch (IOException | PackagingException e) {
            throw new PackagingException("the launcher needs a C compiler: install gcc and libc6-dev, or what has the"
                    + " program cc and a static C library on your system (" + e.getMessage() + ").");
        }
    }
}
