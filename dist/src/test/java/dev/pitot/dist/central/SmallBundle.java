package dev.pitot.dist.central;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/// Bundles of one module and the BOM, which lack nothing.
final class SmallBundle {
    static final String WIRE = "dev/pitot/pitot-wire/1.0/pitot-wire-1.0";
    static final String BOM = "dev/pitot/pitot-bom/1.0/pitot-bom-1.0";

    private SmallBundle() {}

    /// A bundle without signatures and checksums.
    static CentralBundle unsigned() {
        var files = new TreeMap<String, byte[]>();
        files.put(WIRE + ".pom", bytes(pom("pitot-wire", """
                <dependencies><dependency><groupId>org.jspecify</groupId><artifactId>jspecify</artifactId>
                <version>1.0.1</version><scope>compile</scope></dependency></dependencies>
                """)));
        files.put(WIRE + ".jar", jar("module-info.class", "Implementation-Version", "1.0"));
        files.put(WIRE + "-sources.jar", jar("module-info.java", "Implementation-Title", "wire"));
        files.put(WIRE + "-javadoc.jar", jar("index.html", "Implementation-Title", "wire"));
        files.put(WIRE + "-cyclonedx.json", bytes("""
                {"bomFormat": "CycloneDX", "metadata": {"component":
                {"purl": "pkg:maven/dev.pitot/pitot-wire@1.0?type=jar"}}}
                """));
        files.put(BOM + ".pom", bytes(pom("pitot-bom", """
                <packaging>pom</packaging><dependencyManagement><dependencies><dependency>
                <groupId>dev.pitot</groupId><artifactId>pitot-wire</artifactId><version>1.0</version>
                </dependency></dependencies></dependencyManagement>
                """)));
        return new CentralBundle(files);
    }

    static byte[] jar(String entry, String attribute, String value) {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue(attribute, value);
        var bytes = new ByteArrayOutputStream();
        try (var out = new JarOutputStream(bytes, manifest)) {
            out.putNextEntry(new ZipEntry(entry));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String pom(String artifact, String rest) {
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                <groupId>dev.pitot</groupId><artifactId>%s</artifactId><version>1.0</version>
                <name>Wire</name><description>Bytes.</description><url>https://example.org</url>
                <licenses><license><name>Apache-2.0</name><url>https://example.org/licence</url></license></licenses>
                <developers><developer><name>Developers</name></developer></developers>
                <scm><connection>scm:git:https://example.org</connection><url>https://example.org</url></scm>
                %s</project>
                """.formatted(artifact, rest);
    }
}
