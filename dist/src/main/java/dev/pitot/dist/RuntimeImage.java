package dev.pitot.dist;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

/// A Java runtime with the modules that the program needs, linked from the JDK that runs this. It lies uncompressed:
/// packages are compressed as a whole, and the program starts faster.
final class RuntimeImage {
    /// Modules of the JDK that the program needs; with those that they need, it has no others.
    static final List<String> MODULES = List.of(
            "java.base",
            "java.management",
            "java.net.http",
            "java.xml",
            "jdk.httpserver",
            "jdk.net",
            "jdk.unsupported");

    private RuntimeImage() {}

    /// Links the runtime into a directory that does not exist yet. Legal notices are kept.
    static void link(Path directory) throws PackagingException {
        ToolProvider jlink = ToolProvider.findFirst("jlink")
                .orElseThrow(() -> new PackagingException("this Java has no jlink: set PITOT_JAVA_HOME to a JDK."));
        var output = new StringWriter();
        var lines = new PrintWriter(output);
        int code = jlink.run(
                lines,
                lines,
                "--add-modules",
                String.join(",", MODULES),
                "--strip-debug",
                "--no-header-files",
                "--no-man-pages",
                "--compress",
                "zip-0",
                "--exclude-files",
                "/java.base/bin/keytool,/java.base/lib/classlist,/java.base/lib/jexec,/java.base/lib/jrt-fs.jar,/jdk.httpserver/bin/jwebserver",
                "--output",
                directory.toString());
        if (code != 0) {
            throw new PackagingException("jlink failed: " + output.toString().strip());
        }
    }
}
