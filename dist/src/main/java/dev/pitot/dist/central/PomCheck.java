package dev.pitot.dist.central;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/// A check of a published POM: it describes the artifact to strangers and needs nothing of our build to be
/// read.
final class PomCheck {
    /// Elements by their path below the project; each has to contain text.
    private static final List<String> NEEDED = List.of(
            "name",
            "description",
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "scm/connection",
            "scm/url");

    /// Parts of a POM that mean something only where the project is built.
    private static final List<String> BUILD_ONLY = List.of(
            "parent", "modules", "build", "profiles", "repositories", "pluginRepositories", "distributionManagement");

    private static final Pattern RANGE = Pattern.compile("[\\[(].*|LATEST|RELEASE");

    private final @Nullable Element project;

    /// Reads a POM; whether that succeeds is one of the things that are checked.
    PomCheck(byte[] content) {
        this.project = parse(content);
    }

    /// Returns what is wrong with it, as sentences without their subject.
    List<String> violations(String artifact, String version) {
        if (project == null) {
            return List.of("is not well-formed XML.");
        }
        List<String> violations = new ArrayList<>();
        coordinates(artifact, version, violations);
        for (String path : NEEDED) {
            if (text(project, path).isEmpty()) {
                violations.add("has no " + path + ".");
            }
        }
        for (String part : BUILD_ONLY) {
            if (!children(project, part).isEmpty()) {
                violations.add("has " + part + ", which only the build needs: flatten it.");
            }
        }
        if (project.getTextContent().contains("${")) {
            violations.add("has a property in place of a value: flatten it.");
        }
        for (Element dependency : dependencies("dependencies/dependency")) {
            dependency(dependency, violations);
        }
        for (Element dependency : dependencies("dependencyManagement/dependencies/dependency")) {
            dependency(dependency, violations);
        }
        return violations;
    }

    /// True unless the POM says that it has another packaging.
    boolean isJar() {
        return project == null
                || text(project, "packaging").isEmpty()
                || text(project, "packaging").equals("jar");
    }

    /// Artifact and version of each managed dependency, `pitot-wire:1.0`.
    Set<String> managed() {
        Set<String> managed = new TreeSet<>();
        for (Element dependency : dependencies("dependencyManagement/dependencies/dependency")) {
            managed.add(text(dependency, "artifactId") + ":" + text(dependency, "version"));
        }
        return managed;
    }

    private void coordinates(String artifact, String version, List<String> violations) {
        Element root = Objects.requireNonNull(project);
        String coordinates = text(root, "groupId") + ":" + text(root, "artifactId") + ":" + text(root, "version");
        String place = "dev.pitot:" + artifact + ":" + version;
        if (!coordinates.equals(place)) {
            violations.add("is that of " + coordinates + " at the place of " + place + ".");
        }
    }

    private static void dependency(Element dependency, List<String> violations) {
        String name = text(dependency, "artifactId");
        String version = text(dependency, "version");
        if (version.isEmpty()) {
            violations.add("has no version of " + name + ": flatten it.");
        }
        if (version.endsWith("-SNAPSHOT")) {
            violations.add("needs the snapshot " + version + " of " + name + ": use a release.");
        }
        if (RANGE.matcher(version).matches()) {
            violations.add("has the range " + version + " for " + name + ": name one version.");
        }
        if (text(dependency, "scope").equals("test")) {
            violations.add("has the test dependency " + name + ": flatten it.");
        }
    }

    private List<Element> dependencies(String path) {
        return project == null ? List.of() : children(project, path);
    }

    /// Text of the first element of a path; empty if there is none.
    private static String text(Element parent, String path) {
        List<Element> found = children(parent, path);
        return found.isEmpty() ? "" : found.getFirst().getTextContent().strip();
    }

    private static List<Element> children(Element parent, String path) {
        List<Element> level = List.of(parent);
        for (String name : path.split("/", -1)) {
            List<Element> next = new ArrayList<>();
            for (Element element : level) {
                for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
                    if (child instanceof Element found && found.getTagName().equals(name)) {
                        next.add(found);
                    }
                }
            }
            level = next;
        }
        return level;
    }

    private static @Nullable Element parse(byte[] content) {
        try {
            var factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            Document document = builder.parse(new ByteArrayInputStream(content));
            return document.getDocumentElement();
        } catch (SAXException _) { // reported as what it is
            return null;
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException(e); // every Java has one, and memory can be read
        }
    }
}
