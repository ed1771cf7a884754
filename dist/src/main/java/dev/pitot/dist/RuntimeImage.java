package dev.pitot.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A Java runtime with the modules that the program needs, linked from the JDK that runs this. It lies
/// uncompressed: packages are compressed as a whole, and the program starts faster.
final class RuntimeImage {
    /// Modules of the JDK that the program needs; with those that they need, it has no others.
    static final List<String> MODULES = List.of(
            "java.base",
            "java.management",
            "java.net.http",
            "java.rmi", // the built-in ssh client does not start without it
            "java.xml",
            "jdk.httpserver",
            "jdk.net",
            "jdk.unsupported");

    /// Messages in other languages than the program's, and document types that it does not read.
    private static final List<String> EXCLUDED_RESOURCES = List.of(
            "/java.xml/**essage*_*.properties",
            "/java.xml/**ErrorResources_*.class",
            "/java.rmi/**_*.properties",
            "**_de.properties",
            "**_ja.properties",
            "**_zh_CN.properties",
            "/java.xml/jdk/xml/internal/jdkcatalog/**.ent",
            "/java.xml/jdk/xml/internal/jdkcatalog/**.mod");

    /// Files that no one needs who runs one program.
    private static final List<String> EXCLUDED = List.of(
            "/java.base/bin/keytool",
            "/java.base/lib/classlist",
            "/java.base/lib/jexec",
            "/java.base/lib/jrt-fs.jar",
            "/java.rmi/bin/rmiregistry",
            "/jdk.httpserver/bin/jwebserver");

    private RuntimeImage() {}

    /// Links the runtime into a directory that does not exist yet. Legal notices are kept. In a process of
    /// its own: what it generates depends on what the JVM has done before.
    ///
    /// @param home directory of the program; the runtime is a directory in it
    static void link(Path home) throws IOException, PackagingException {
        Path jlink = Path.of(System.getProperty("java.home"), "bin", "jlink");
        if (!Files.isExecutable(jlink)) {
            throw new PackagingException("there is no " + jlink + ": set PITOT_JAVA_HOME to a JDK.");
        }
        BuildTool.run(
                home,
                Map.of(),
                List.of(
                        jlink.toString(),
                        "--add-modules",
                        String.join(",", MODULES),
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--compress",
                        "zip-0",
                        "--exclude-resources",
                        String.join(",", EXCLUDED_RESOURCES),
                        "--exclude-files",
                        String.join(",", EXCLUDED),
                        "--output",
                        home.resolve("runtime").toString()));
    }
}
