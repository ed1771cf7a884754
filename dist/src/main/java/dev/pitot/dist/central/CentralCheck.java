package dev.pitot.dist.central;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A check of a bundle against what Maven Central demands, and what we demand beside it: each violation is a
/// sentence that names a file and what it lacks.
final class CentralCheck {
    /// `dev/pitot/ARTIFACT/VERSION/FILE`.
    private static final Pattern PLACE =
            Pattern.compile("dev/pitot/(?<artifact>[a-z-]+)/(?<version>[^/]+)/(?<file>[^/]+)");

    private static final List<String> JAR_FILES = List.of(".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json");
    private static final List<String> BUILD_NOISE = List.of("Build-Jdk", "Build-Jdk-Spec", "Built-By", "Created-By");

    private final CentralBundle bundle;
    private final List<String> violations = new ArrayList<>();
    private final Map<String, Artifact> artifacts = new TreeMap<>();

    private CentralCheck(CentralBundle bundle) {
        this.bundle = bundle;
    }

    /// Returns what a bundle violates, signatures aside: nothing if Central should take it.
    static List<String> violations(CentralBundle bundle) {
        var check = new CentralCheck(bundle);
        check.places();
        check.artifacts.values().forEach(check::artifact);
        check.versions();
        check.listed();
        bundle.signedFiles().forEach(check::companions);
        return check.violations;
    }

    /// Returns the files whose signature is not one of gpg's keys.
    static List<String> wrongSignatures(CentralBundle bundle, Gpg gpg) throws IOException {
        List<String> violations = new ArrayList<>();
        for (String file : bundle.signedFiles()) {
            String signature = file + ".asc";
            if (bundle.has(signature) && !gpg.verifies(bundle.content(file), bundle.content(signature))) {
                violations.add(signature + " is not a signature of that file by a key that gpg knows: sign it again.");
            }
        }
        return violations;
    }

    private void places() {
        if (bundle.files().isEmpty()) {
            violations.add("the bundle is empty: build the modules first.");
        }
        for (String file : bundle.signedFiles()) {
            Matcher place = PLACE.matcher(file);
            if (!place.matches()
                    || !place.group("file").startsWith(place.group("artifact") + "-" + place.group("version"))) {
                violations.add(file + " is not at dev/pitot/ARTIFACT/VERSION/ARTIFACT-VERSION…: leave it out.");
                continue;
            }
            var artifact = new Artifact(place.group("artifact"), place.group("version"));
            artifacts.putIfAbsent(artifact.stem(), artifact);
        }
    }

    private void artifact(Artifact artifact) {
        String pom = artifact.stem() + ".pom";
        if (!bundle.has(pom)) {
            violations.add(pom + " is missing.");
            return;
        }
        var checked = new PomCheck(bundle.content(pom));
        checked.violations(artifact.name(), artifact.version()).forEach(text -> violations.add(pom + " " + text));
        if (checked.isJar()) {
            for (String ending : JAR_FILES) {
                if (!bundle.has(artifact.stem() + ending)) {
                    violations.add(artifact.stem() + ending + " is missing: build with the profile release.");
                }
            }
        }
        jar(artifact, ".jar", "module-info.class");
        jar(artifact, "-sources.jar", "module-info.java");
        jar(artifact, "-javadoc.jar", "index.html");
        components(artifact);
    }

    /// A jar that can be read, has what makes it one of its kind, and says nothing about who built it.
    private void jar(Artifact artifact, String ending, String needed) {
        String file = artifact.stem() + ending;
        if (!bundle.has(file)) {
            return;
        }
        Set<String> entries = new TreeSet<>();
        Manifest manifest;
        try (var jar = new JarInputStream(new ByteArrayInputStream(bundle.content(file)))) {
            manifest = jar.getManifest();
            for (JarEntry entry = jar.getNextJarEntry(); entry != null; entry = jar.getNextJarEntry()) {
                entries.add(entry.getName());
            }
        } catch (IOException e) {
            violations.add(file + " cannot be read as a jar: " + e.getMessage() + ".");
            return;
        }
        if (!entries.contains(needed)) {
            violations.add(file + " has no " + needed + ".");
        }
        if (manifest == null) {
            violations.add(file + " has no manifest at its beginning.");
            return;
        }
        for (String noise : BUILD_NOISE) {
            if (manifest.getMainAttributes().getValue(noise) != null) {
                violations.add(file + " has " + noise + " in its manifest, which differs between builds.");
            }
        }
        String version = manifest.getMainAttributes().getValue("Implementation-Version");
        if (ending.equals(".jar") && !artifact.version().equals(version)) {
            violations.add(file + " has Implementation-Version " + version + " in its manifest, not "
                    + artifact.version() + ".");
        }
    }

    /// The list of components is one of this artifact, and does not say when it was made.
    private void components(Artifact artifact) {
        String file = artifact.stem() + "-cyclonedx.json";
        if (!bundle.has(file)) {
            return;
        }
        String text = bundle.text(file).replaceAll("\\s", "");
        if (!text.contains("\"bomFormat\":\"CycloneDX\"")
                || !text.contains("pkg:maven/dev.pitot/" + artifact.name() + "@" + artifact.version() + "?type=jar")) {
            violations.add(file + " is not a CycloneDX list of the components of " + artifact.name() + " "
                    + artifact.version() + ".");
        }
        if (text.contains("\"timestamp\":")) {
            violations.add(file + " says when it was made, which differs between builds.");
        }
    }

    private void versions() {
        Set<String> versions = new TreeSet<>();
        artifacts.values().forEach(artifact -> versions.add(artifact.version()));
        if (versions.size() > 1) {
            violations.add("the bundle has several versions, " + versions + ": make it of one.");
        }
        for (String version : versions) {
            if (version.endsWith("-SNAPSHOT")) {
                violations.add("the version " + version + " is not a release: set one without -SNAPSHOT.");
            }
        }
    }

    /// The BOM lists each other artifact of the bundle, and no other.
    private void listed() {
        Set<String> published = new TreeSet<>();
        for (Artifact artifact : artifacts.values()) {
            published.add(artifact.name() + ":" + artifact.version());
        }
        for (Artifact artifact : artifacts.values()) {
            String pom = artifact.stem() + ".pom";
            if (!artifact.name().equals("pitot-bom") || !bundle.has(pom)) {
                continue;
            }
            published.remove(artifact.name() + ":" + artifact.version());
            Set<String> listed = new PomCheck(bundle.content(pom)).managed();
            if (!listed.equals(published)) {
                violations.add(pom + " lists " + listed + ", and the bundle has " + published + ".");
            }
            return;
        }
        violations.add("pitot-bom is missing: build module bom too.");
    }

    /// Signature and checksums of a file.
    private void companions(String file) {
        if (!bundle.has(file + ".asc")) {
            violations.add(file + ".asc is missing: sign each file.");
        }
        checksum(file, ".md5", "MD5");
        checksum(file, ".sha1", "SHA-1");
    }

    private void checksum(String file, String ending, String algorithm) {
        if (!bundle.has(file + ending)) {
            violations.add(file + ending + " is missing.");
        } else if (!bundle.text(file + ending).equals(CentralBundle.checksum(algorithm, bundle.content(file)))) {
            violations.add(file + ending + " is not the checksum of that file.");
        }
    }

    /// A module or BOM of the bundle.
    private record Artifact(String name, String version) {
        /// What paths of all its files begin with.
        String stem() {
            return "dev/pitot/" + name + "/" + version + "/" + name + "-" + version;
        }
    }
}
