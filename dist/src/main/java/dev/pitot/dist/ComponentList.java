package dev.pitot.dist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The list of components of the packages (SBOM) in CycloneDX's format: the jars of the program, and the Java runtime.
final class ComponentList {
    /// A line of Maven's list of dependencies: `group:artifact:jar:version:scope`.
    private static final Pattern DEPENDENCY =
            Pattern.compile("\\s+(?<group>[^:\\s]+):(?<name>[^:]+):jar:(?<version>[^:]+):(compile|runtime).*");

    private final Properties licenses = new Properties();
    private final Build build;

    private ComponentList(Build build) throws IOException {
        this.build = build;
        try (InputStream file =
                Objects.requireNonNull(ComponentList.class.getResourceAsStream("licenses.properties"))) {
            licenses.load(file);
        }
    }

    /// Writes the list beside the packages. It says the build's time, so that two builds write the same.
    static Path create(ProgramTree tree) throws IOException, PackagingException {
        Build build = tree.build();
        String name = "pitot-" + build.version() + "-linux-" + build.platform().name() + "-sbom.json";
        return Files.writeString(build.unfinished().resolve(name), new ComponentList(build).document(tree));
    }

    private String document(ProgramTree tree) throws IOException, PackagingException {
        List<String> components = new ArrayList<>();
        Path list = build.repository().resolve("cli/target/app-dependencies.txt");
        if (!Files.exists(list)) {
            throw new PackagingException("the program's dependencies are not listed: run ./package.");
        }
        for (String line : Files.readAllLines(list)) {
            Matcher dependency = DEPENDENCY.matcher(line);
            if (dependency.matches()) {
                components.add(library(
                        tree, dependency.group("group"), dependency.group("name"), dependency.group("version")));
            }
        }
        components.add(library(tree, "dev.pitot", "pitot-cli", build.version()));
        components.sort(null);
        components.add(runtime());
        String content = String.join(",\n", components);
        return """
                {
                  "bomFormat": "CycloneDX",
                  "specVersion": "1.6",
                  "serialNumber": "urn:uuid:%s",
                  "version": 1,
                  "metadata": {
                    "timestamp": "%s",
                    "component": {"type": "application", "bom-ref": "pitot", "name": "pitot", "version": "%s",
                      "licenses": [{"expression": "%s"}]}
                  },
                  "components": [
                %s
                  ]
                }
                """.formatted(
                        UUID.nameUUIDFromBytes((build.version() + content).getBytes(StandardCharsets.UTF_8)),
                        build.time(),
                        build.version(),
                        license("dev.pitot"),
                        content);
    }

    private String library(ProgramTree tree, String group, String name, String version)
            throws IOException, PackagingException {
        String purl = "pkg:maven/" + group + "/" + name + "@" + version + "?type=jar";
        Path jar = tree.file(ProgramTree.HOME + "/app/" + name + "-" + version + ".jar");
        if (!Files.exists(jar)) {
            throw new PackagingException(jar + " is missing: run ./package.");
        }
        return """
                    {"type": "library", "bom-ref": "%s", "group": "%s", "name": "%s", "version": "%s",
                      "hashes": [{"alg": "SHA-256", "content": "%s"}],
                      "licenses": [{"expression": "%s"}], "purl": "%s"}""".formatted(purl, group, name, version, Checksums.sha256(jar), license(group), purl);
    }

    /// The Java runtime, which is linked from the Java that runs this.
    private String runtime() throws PackagingException {
        return """
                    {"type": "platform", "bom-ref": "java-runtime", "name": "OpenJDK", "version": "%s",
                      "publisher": "%s", "licenses": [{"expression": "%s"}],
                      "description": "modules %s"}""".formatted(
                        System.getProperty("java.runtime.version"),
                        System.getProperty("java.vendor"),
                        license("java-runtime"),
                        String.join(" ", RuntimeImage.MODULES));
    }

    private String license(String group) throws PackagingException {
        String license = licenses.getProperty(group);
        if (license == null) {
            throw new PackagingException("the licence of " + group + " is not known: add it to licenses.properties.");
        }
        return license;
    }
}
