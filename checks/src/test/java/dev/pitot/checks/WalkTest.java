package dev.pitot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.pitot.model.event.TestListener;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Checks that the classes that docs/design.md lists for the path of an interval depend on each other
/// in that order.
@Timeout(180)
class WalkTest {
    private static final String ARROW = " ─▶ ";
    private static final int MAX_CLASSES = 8;

    @Test
    void anIntervalReachesItsLineByTheClassesOfThePage() throws IOException {
        JavaClasses classes = SourceTree.mainClasses();
        List<JavaClass> walk =
                walk().stream().map(name -> classOf(name, classes)).toList();

        assertThat(walk).hasSizeBetween(2, MAX_CLASSES).doesNotHaveDuplicates();
        for (int i = 1; i < walk.size(); i++) {
            JavaClass from = walk.get(i - 1);
            JavaClass to = walk.get(i);
            // the engine depends on no listener class: listeners are called by their interface
            boolean isHandedOn = knows(from, to) || knows(to, from) || to.isAssignableTo(TestListener.class);
            assertThat(isHandedOn)
                    .as(from.getSimpleName() + " hands on to " + to.getSimpleName())
                    .isTrue();
        }
    }

    @Test
    void strangersHandNothingOn() throws IOException {
        JavaClasses classes = SourceTree.mainClasses();

        assertThat(knows(classOf("StreamMeter", classes), classOf("DataLine", classes)))
                .isFalse();
    }

    /// Returns the first line with arrows after the sentence that introduces the list.
    private static List<String> walk() throws IOException {
        String page = Files.readString(SourceTree.root().resolve("docs/design.md"));
        String list = page.substring(page.indexOf("on its way to a line of text"));
        String line =
                list.lines().filter(text -> text.contains(ARROW)).findFirst().orElseThrow();
        return List.of(line.strip().split(ARROW));
    }

    private static JavaClass classOf(String name, JavaClasses classes) {
        List<JavaClass> found = classes.stream()
                .filter(type -> type.getSimpleName().equals(name))
                .filter(type -> type.getPackageName().startsWith("dev.pitot.engine")
                        || type.getPackageName().startsWith("dev.pitot.output"))
                .toList();
        assertThat(found).as(name).hasSize(1);
        return found.getFirst();
    }

    private static boolean knows(JavaClass from, JavaClass to) {
        return from.getDirectDependenciesFromSelf().stream()
                .anyMatch(dependency -> dependency.getTargetClass().equals(to));
    }
}
