package dev.pitot.dist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The list of components of the packages (SBOM) in CycloneDX's format: the jars of the program, the Java runtime, and
/// the C library, which is in the launcher and in the container image.
final class ComponentList {
    /// A line of Maven's list of dependencies: `group:artifact:jar:version:scope`.
    private static final Pattern DEPENDENCY =
            Pattern.compile("\\s+(?<group>[^:\\s]+):(?<name>[^:]+):jar:(?<version>[^:]+):(compile|runtime).*");

    private static final Pattern MODULES = Pattern.compile("(?m)^MODULES=\"([^\"]+)\"$");
    private static final Pattern GLIBC = Pattern.compile("glibc (\\S+)\\s*");

    private final Properties licenses = new Properties();
    private final Build build;
    private final Path home;

    private ComponentList(Build build) throws IOException {
        this.build = build;
        this.home = build.tree().resolve(ProgramTree.HOME);
        try (InputStream file =
                Objects.requireNonNull(ComponentList.class.getResourceAsStream("licenses.properties"))) {
            licenses.load(file);
        }
    }

    /// Writes the list of what is in a build's tree, beside the packages. It says the build's time, so that two builds
    /// write the same.
    ///
    /// @throws PackagingException if there is a jar in the tree of which it is not known what it is
    static Path create(Build build) throws IOException, PackagingException {
        String name = "pitot-" + build.version() + "-linux-" + build.platform().name() + "-sbom.json";
        Path directory = Files.createDirectories(build.unfinished());
        return Files.writeString(directory.resolve(name), new ComponentList(build).document());
    }

    private String document() throws IOException, PackagingException {
        SortedMap<String, String> components = new TreeMap<>();
        Map<String, ProgramJar> known = programJars();
        for (Path file : files()) {
            ProgramJar jar = known.get(file.getFileName().toString());
            if (jar == null) {
                throw new PackagingException(file.getFileName() + " is not among the program's dependencies in"
                        + " cli/target/app-dependencies.txt: delete cli/target and run ./package.");
            }
            components.put(jar.purl(), library(jar, file));
        }
        components.put("java-runtime", runtime());
        components.put("glibc", libraryOfC());
        String content = String.join(",\n", components.values());
        return """
                {
                  "bomFormat": "CycloneDX",
                  "specVersion": "1.6",
                  "serialNumber": "urn:uuid:%s",
                  "version": 1,
                  "metadata": {
                    "timestamp": "%s",
                    "component": {"type": "application", "bom-ref": "pitot", "name": "pitot", "version": "%s",
                      "description": "packages for linux-%s", "licenses": [{"expression": "%s"}]}
                  },
                  "components": [
                %s
                  ],
                  "dependencies": [
                    {"ref": "pitot", "dependsOn": [
                      "%s"]}
                  ]
                }
                """.formatted(
                        serialNumber(content),
                        build.time(),
                        build.version(),
                        build.platform().name(),
                        license("dev.pitot"),
                        content,
                        String.join("\",\n      \"", components.keySet()));
    }

    /// Number of this list alone, of what makes it one of its own.
    private UUID serialNumber(String content) {
        String identity = build.version() + build.platform().name() + build.time() + content;
        return UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8));
    }

    /// The program's jars by the names of their files.
    private Map<String, ProgramJar> programJars() throws IOException, PackagingException {
        Path list = build.repository().resolve("cli/target/app-dependencies.txt");
        if (!Files.exists(list)) {
            throw new PackagingException("the program's dependencies are not listed: run ./package.");
        }
        List<ProgramJar> all = new ArrayList<>(List.of(new ProgramJar("dev.pitot", "pitot-cli", build.version())));
        for (String line : Files.readAllLines(list)) {
            Matcher dependency = DEPENDENCY.matcher(line);
            if (dependency.matches()) {
                all.add(new ProgramJar(
                        dependency.group("group"), dependency.group("name"), dependency.group("version")));
            }
        }
        Map<String, ProgramJar> known = new HashMap<>();
        all.forEach(one -> known.put(one.name() + "-" + one.version() + ".jar", one));
        return known;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("app"))) {
            return files.toList();
        }
    }

    private String library(ProgramJar jar, Path file) throws IOException, PackagingException {
        return """
                    {"type": "library", "bom-ref": "%1$s", "group": "%2$s", "name": "%3$s", "version": "%4$s",
                      "hashes": [{"alg": "SHA-256", "content": "%5$s"}],
                      "licenses": [{"expression": "%6$s"}], "purl": "%1$s"}""".formatted(jar.purl(), jar.group(), jar.name(), jar.version(), Checksums.sha256(file), license(jar));
    }

    /// The Java runtime, which is linked from the Java that runs this.
    private String runtime() throws IOException, PackagingException {
        Matcher modules = MODULES.matcher(Files.readString(home.resolve("runtime/release")));
        if (!modules.find()) {
            throw new PackagingException(
                    "the linked runtime does not say its modules: run ./package with another JDK.");
        }
        String version = System.getProperty("java.runtime.version");
        return """
                    {"type": "platform", "bom-ref": "java-runtime", "name": "OpenJDK", "version": "%s",
                      "publisher": "%s", "licenses": [{"expression": "%s"}], "purl": "pkg:generic/openjdk@%s",
                      "description": "modules %s"}""".formatted(
                        version,
                        System.getProperty("java.vendor"),
                        license("java-runtime"),
                        version.replace("+", "%2B"),
                        modules.group(1));
    }

    /// The GNU C library of the machine that builds.
    private String libraryOfC() throws IOException, PackagingException {
        String printed = BuildTool.run(build.tree(), Map.of(), List.of("getconf", "GNU_LIBC_VERSION"));
        Matcher version = GLIBC.matcher(printed);
        if (!version.matches()) {
            throw new PackagingException("packages contain glibc, and this machine has another C library ("
                    + printed.strip() + "): run ./package on one with glibc.");
        }
        return """
                    {"type": "library", "bom-ref": "glibc", "name": "glibc", "version": "%1$s",
                      "licenses": [{"expression": "%2$s"}], "purl": "pkg:generic/glibc@%1$s"}""".formatted(version.group(1), license("glibc"));
    }

    /// Licence of a jar that has another one than its group, or of the group.
    private String license(ProgramJar jar) throws PackagingException {
        String own = licenses.getProperty(jar.group() + "/" + jar.name());
        return own != null ? own : license(jar.group());
    }

    private String license(String group) throws PackagingException {
        String license = licenses.getProperty(group);
        if (license == null) {
            throw new PackagingException("the licence of " + group + " is not known: add it to licenses.properties.");
        }
        return license;
    }

    /// A jar of the program, by its name in Maven's repositories.
    private record ProgramJar(String group, String name, String version) {
        /// Its package URL, by which databases of vulnerabilities know it.
        String purl() {
            return "pkg:maven/" + group + "/" + name + "@" + version + "?type=jar";
        }
    }
}
