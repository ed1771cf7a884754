package dev.pitot.dist;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The AOT cache (JEP 483, 514): classes as the JVM leaves them after loading, from a run of the program. The JVM uses
/// it as
/// long as the jars have the size and time that they had then, wherever they lie; otherwise it starts without it,
/// slower.
final class AotCache {
    /// Name of the cache in the program's directory.
    static final String FILE = "pitot.aot";

    private AotCache() {}

    /// Makes the cache with a run of the launcher in the program's directory.
    static void create(Path home) throws IOException, PackagingException {
        BuildTool.run(
                home,
                Map.of("PITOT_JAVA_OPTS", "-XX:AOTCacheOutput=" + FILE), // relative: the path may have blanks
                List.of(home.resolve("pitot").toString(), "loopback", "-t", "1"));
    }
}
