package dev.pitot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/// Links between the pages of the documentation lead to files and headings, and every page and picture is
/// reached.
class DocumentLinksTest {
    private static final Pattern PAGE = Pattern.compile("\\bdocs/[a-z0-9-]+\\.(?:md|svg|json)\\b");
    private static final Set<String> READ_AS_TEXT = Set.of("java", "md", "xml", "yml", "yaml", "sh", "json", "");
    private static final String SVG = "http://www.w3.org/2000/svg";

    private final Path root = SourceTree.root();

    @Test
    void everyLinkLeadsToAFileAndAHeading() throws IOException {
        List<Path> pages = filesOfTheTree().stream()
                .filter(file -> extension(file).equals("md"))
                .toList();

        List<String> broken = new ArrayList<>();
        for (Path page : pages) {
            broken.addAll(MarkdownPage.read(page).brokenLinks());
        }

        assertThat(pages).hasSizeGreaterThan(15);
        assertThat(broken).isEmpty();
    }

    @Test
    void pagesThatOtherFilesNameExist() throws IOException {
        Set<String> named = new TreeSet<>();
        for (Path file : filesOfTheTree()) {
            if (READ_AS_TEXT.contains(extension(file))) {
                PAGE.matcher(Files.readString(file)).results().forEach(page -> named.add(page.group()));
            }
        }

        assertThat(named)
                .contains("docs/use.md", "docs/design.md")
                .allSatisfy(page -> assertThat(root.resolve(page)).exists());
    }

    @Test
    void theReadmeLinksToEveryPage() throws IOException {
        List<String> linked = MarkdownPage.read(root.resolve("README.md")).links();

        assertThat(filesOfTheTree())
                .filteredOn(file -> root.resolve("docs").equals(file.getParent())
                        && extension(file).equals("md"))
                .hasSizeGreaterThan(10)
                .allSatisfy(page -> assertThat(linked).contains("docs/" + page.getFileName()));
    }

    @Test
    void picturesHaveATitleAndADescription() throws Exception {
        List<Path> pictures = filesOfTheTree().stream()
                .filter(file -> extension(file).equals("svg"))
                .toList();

        assertThat(pictures).isNotEmpty();
        for (Path picture : pictures) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            Element svg = factory.newDocumentBuilder().parse(picture.toFile()).getDocumentElement();
            assertThat(svg.getNamespaceURI()).as("%s", picture).isEqualTo(SVG);
            for (String name : List.of("title", "desc")) {
                assertThat(svg.getElementsByTagNameNS(SVG, name).item(0).getTextContent())
                        .as("%s of %s", name, picture)
                        .isNotBlank();
            }
        }
    }

    @Test
    void aLinkToNothingIsFound(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("other.md"), "# A heading, with `code`\n\n# Twice\n\n# Twice\n");
        Path page = Files.writeString(folder.resolve("page.md"), """
                # Page
                [a](other.md) [b](other.md#a-heading-with-code) [c](#page) [d](https://example.org/x) [e](other.md#twice-1)
                [f](missing.md) [g](other.md#missing) [h](#missing) ![i](missing.svg)
                `[j](code.md)`

                ```
                # not a heading
                [k](code.md)
                ```
                """);

        assertThat(MarkdownPage.read(page).brokenLinks())
                .containsExactly(
                        "page.md: missing.md",
                        "page.md: other.md#missing",
                        "page.md: #missing",
                        "page.md: missing.svg");
        assertThat(MarkdownPage.read(page).anchors()).containsExactly("page");
    }

    /// Every file that people wrote: nothing that a build made, nothing of the version control.
    private List<Path> filesOfTheTree() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                return name.equals("target") || name.equals(".git") || name.equals(".idea")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && !file.equals(root.resolve(".git"))) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).equals(name) ? "" : name.substring(name.lastIndexOf('.') + 1);
    }
}
