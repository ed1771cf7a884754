package dev.pitot.dist.central;

import static dev.pitot.dist.central.SmallBundle.BOM;
import static dev.pitot.dist.central.SmallBundle.WIRE;
import static dev.pitot.dist.central.SmallBundle.bytes;
import static dev.pitot.dist.central.SmallBundle.jar;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CentralCheckTest {
    private final TreeMap<String, byte[]> files =
            new TreeMap<>(SmallBundle.unsigned().files());

    @Test
    void findsNothingInABundleThatLacksNothing() {
        assertThat(CentralCheck.violations(complete())).isEmpty();
    }

    @Test
    void findsAnEmptyBundle() {
        files.clear();

        assertThat(CentralCheck.violations(complete()))
                .containsExactly(
                        "the bundle is empty: build the modules first.", "pitot-bom is missing: build module bom too.");
    }

    @ParameterizedTest
    @ValueSource(strings = {".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json"})
    void findsAMissingFile(String ending) {
        files.remove(WIRE + ending);

        assertThat(CentralCheck.violations(complete()))
                .containsExactly(WIRE + ending + " is missing: build with the profile release.");
    }

    @Test
    void findsAMissingPom() {
        files.remove(WIRE + ".pom");

        assertThat(CentralCheck.violations(complete())).containsExactly(WIRE + ".pom is missing.");
    }

    @Test
    void findsAMissingBom() {
        files.remove(BOM + ".pom");

        assertThat(CentralCheck.violations(complete())).containsExactly("pitot-bom is missing: build module bom too.");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
                    <name>Wire</name>                       , <name/>     , has no name.
                    <description>Bytes.</description>       , ""          , has no description.
                    <version>1.0</version>                  , <version>2.0</version>, is that of dev.pitot:pitot-wire:2.0 at the place of dev.pitot:pitot-wire:1.0.
                    <name>Wire</name>                       , <name>${n}</name>, has a property in place of a value: flatten it.
                    <name>Apache-2.0</name>                 , ""          , has no licenses/license/name.
                    <url>https://example.org/licence</url>  , ""          , has no licenses/license/url.
                    <name>Developers</name>                 , ""          , has no developers/developer/name.
                    <connection>scm:git:https://example.org</connection>, "", has no scm/connection.
                    <url>https://example.org</url></scm>    , </scm>      , has no scm/url.
                    </description><url>https://example.org</url>, </description>, has no url.
                    <scm>                                   , <parent/><scm>, "has parent, which only the build needs: flatten it."
                    <scm>                                   , <build/><scm>, "has build, which only the build needs: flatten it."
                    <scm>                                   , <profiles/><scm>, "has profiles, which only the build needs: flatten it."
                    <scm>                                   , <repositories/><scm>, "has repositories, which only the build needs: flatten it."
                    <version>1.0.1</version>                , ""          , has no version of jspecify: flatten it.
                    <version>1.0.1</version>                , <version>2-SNAPSHOT</version>, needs the snapshot 2-SNAPSHOT of jspecify: use a release.
                    <version>1.0.1</version>                , "<version>[1,2)</version>", "has the range [1,2) for jspecify: name one version."
                    <scope>compile</scope>                  , <scope>test</scope>, has the test dependency jspecify: flatten it.
                    </project>                              , ""          , is not well-formed XML.
                    """)
    void findsWhatAPomLacks(String text, String instead, String violation) {
        replace(WIRE + ".pom", text, instead);

        assertThat(CentralCheck.violations(complete())).containsExactly(WIRE + ".pom " + violation);
    }

    @ParameterizedTest
    @CsvSource({".jar,module-info.class", "-sources.jar,module-info.java", "-javadoc.jar,index.html"})
    void findsAJarOfAnotherKind(String ending, String needed) {
        files.put(WIRE + ending, jar("other", "Implementation-Version", "1.0"));

        assertThat(CentralCheck.violations(complete())).containsExactly(WIRE + ending + " has no " + needed + ".");
    }

    @Test
    void findsAJarThatCannotBeRead() {
        files.put(WIRE + "-javadoc.jar", bytes("text"));

        assertThat(CentralCheck.violations(complete()))
                .containsExactly(
                        WIRE + "-javadoc.jar has no index.html.",
                        WIRE + "-javadoc.jar has no manifest at its beginning.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Build-Jdk", "Build-Jdk-Spec", "Built-By", "Created-By"})
    void findsWhoBuiltAJar(String attribute) {
        files.put(WIRE + "-sources.jar", jar("module-info.java", attribute, "x"));

        assertThat(CentralCheck.violations(complete()))
                .containsExactly(
                        WIRE + "-sources.jar has " + attribute + " in its manifest, which differs between builds.");
    }

    @Test
    void findsAJarOfAnotherVersion() {
        files.put(WIRE + ".jar", jar("module-info.class", "Implementation-Version", "2.0"));

        assertThat(CentralCheck.violations(complete()))
                .containsExactly(WIRE + ".jar has Implementation-Version 2.0 in its manifest, not 1.0.");
    }

    @Test
    void findsAListOfComponentsOfAnotherArtifact() {
        replace(WIRE + "-cyclonedx.json", "pitot-wire", "pitot-model");

        assertThat(CentralCheck.violations(complete()))
                .containsExactly(WIRE + "-cyclonedx.json is not a CycloneDX list of the components of pitot-wire 1.0.");
    }

    @Test
    void findsAListOfComponentsWithItsTime() {
        replace(WIRE + "-cyclonedx.json", "\"metadata\": {", "\"metadata\": {\"timestamp\": \"now\", ");

        assertThat(CentralCheck.violations(complete()))
                .containsExactly(WIRE + "-cyclonedx.json says when it was made, which differs between builds.");
    }

    @Test
    void findsABomThatListsAnotherArtifact() {
        replace(BOM + ".pom", "<artifactId>pitot-wire", "<artifactId>pitot-checks");

        assertThat(CentralCheck.violations(complete()))
                .containsExactly(BOM + ".pom lists [pitot-checks:1.0], and the bundle has [pitot-wire:1.0].");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev/pitot/pitot-wire/maven-metadata.xml",
                "dev/pitot/pitot-wire/1.0/pitot-model-1.0.jar",
                "org/other/other/1.0/other-1.0.jar"
            })
    void findsAFileOutOfPlace(String file) {
        files.put(file, bytes(""));

        assertThat(CentralCheck.violations(complete()))
                .containsExactly(file + " is not at dev/pitot/ARTIFACT/VERSION/ARTIFACT-VERSION…: leave it out.");
    }

    @Test
    void findsASnapshot() {
        files.clear();
        SmallBundle.unsigned()
                .files()
                .forEach((file, content) -> files.put(file.replace("1.0", "1.0-SNAPSHOT"), content));

        assertThat(CentralCheck.violations(complete()))
                .contains("the version 1.0-SNAPSHOT is not a release: set one without -SNAPSHOT.");
    }

    @Test
    void findsSeveralVersions() {
        files.put("dev/pitot/pitot-model/2.0/pitot-model-2.0.jar", bytes(""));

        assertThat(CentralCheck.violations(complete()))
                .contains("the bundle has several versions, [1.0, 2.0]: make it of one.");
    }

    @ParameterizedTest
    @CsvSource({
        ".jar.asc,is missing: sign each file.",
        ".pom.asc,is missing: sign each file.",
        "-sources.jar.md5,is missing.",
        "-cyclonedx.json.sha1,is missing."
    })
    void findsAMissingSignatureOrChecksum(String ending, String violation) {
        var complete = new TreeMap<>(complete().files());
        complete.remove(WIRE + ending);

        assertThat(CentralCheck.violations(new CentralBundle(complete)))
                .containsExactly(WIRE + ending + " " + violation);
    }

    @ParameterizedTest
    @ValueSource(strings = {".md5", ".sha1"})
    void findsAWrongChecksum(String ending) {
        var complete = new TreeMap<>(complete().files());
        complete.put(BOM + ".pom" + ending, bytes("0"));

        assertThat(CentralCheck.violations(new CentralBundle(complete)))
                .containsExactly(BOM + ".pom" + ending + " is not the checksum of that file.");
    }

    private void replace(String file, String text, String instead) {
        String content = new CentralBundle(files).text(file);
        assertThat(content).contains(text);
        files.put(file, bytes(content.replace(text, instead)));
    }

    /// The files with checksums and something in each place of a signature, which another test checks.
    private CentralBundle complete() {
        var all = new TreeMap<>(files);
        files.keySet().forEach(file -> all.put(file + ".asc", bytes("signature")));
        return new CentralBundle(all).withChecksums();
    }
}
