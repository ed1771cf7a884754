package dev.pitot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import dev.pitot.model.event.TestListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Checks the ways that docs/design.md lists: that the classes of the path of an interval depend on each other in that
/// order, that those of a message hand its bytes on from one to the next, with none left out, and that those of the lab
/// know each other.
@Timeout(180)
class WalkTest {
    private static final String ARROW = " ─▶ ";
    private static final int MAX_CLASSES = 8;
    private static final int MAX_LAB_CLASSES = 10;
    private static final int LAB_WALKS = 2; // of an option, and of a figure
    private static final int MESSAGE_WALKS = 10; // two protocols, two roles, two directions; two roles with an executor
    private static final String MESSAGES = "dev.pitot.message";
    private static final Map<String, String> TAKEN_BY = Map.of(
            "DatagramReader", "Receiver",
            "MessageQueue", "ReliableSender",
            "SendBuffer", "PacketWriter");

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

    @Test
    void aMessageIsHandedOnByTheClassesOfThePage() throws IOException {
        JavaClasses classes = SourceTree.mainClasses();

        assertThat(messageWalks()).hasSize(MESSAGE_WALKS).allSatisfy(names -> {
            List<JavaClass> walk =
                    names.stream().map(name -> messageClassOf(name, classes)).toList();
            assertThat(walk).hasSizeBetween(2, MAX_CLASSES).doesNotHaveDuplicates();
            assertThat(gap(walk)).as("%s", names).isNull();
        });
    }

    @Test
    void anOptionAndAFigureOfTheLabPassTheClassesOfThePage() throws IOException {
        JavaClasses classes = SourceTree.mainClasses();

        assertThat(labWalks()).hasSize(LAB_WALKS).allSatisfy(names -> {
            assertThat(names).hasSizeBetween(2, MAX_LAB_CLASSES).doesNotHaveDuplicates();
            assertThat(labGap(names, classes)).isNull();
        });
    }

    @Test
    void aWayOfTheLabWithAHoleIsNoticed() throws IOException {
        JavaClasses classes = SourceTree.mainClasses();

        assertThat(labGap(List.of("TestsReader", "IperfTest"), classes)).isNotNull();
        assertThat(labGap(List.of("Iperf3JsonRows", "ResultColumns"), classes)).isNotNull();
    }

    /// Returns where a walk breaks off; null if each class knows the next or is known by it, with the types nested in
    /// either.
    private static @Nullable String labGap(List<String> names, JavaClasses classes) {
        for (int i = 1; i < names.size(); i++) {
            List<JavaClass> from = labClassesOf(names.get(i - 1), classes);
            List<JavaClass> to = labClassesOf(names.get(i), classes);
            boolean isKnown = from.stream()
                    .anyMatch(one -> to.stream().anyMatch(other -> knows(one, other) || knows(other, one)));
            if (!isKnown) {
                return names.get(i - 1) + " and " + names.get(i) + " do not know each other";
            }
        }
        return null;
    }

    private static List<JavaClass> labClassesOf(String name, JavaClasses classes) {
        List<JavaClass> found = classes.stream()
                .filter(type -> type.getPackageName().startsWith("dev.pitot.lab"))
                .filter(type -> type.getName().matches(".*\\." + name + "(\\$.*)?"))
                .toList();
        assertThat(found).as(name).isNotEmpty();
        return found;
    }

    /// Returns the lines with arrows that begin with a class, in the part about the lab.
    private static List<List<String>> labWalks() throws IOException {
        String page = Files.readString(SourceTree.root().resolve("docs/design.md"));
        return walks(page.substring(page.indexOf("## The lab"), page.indexOf("## Contracts")));
    }

    @Test
    void aClassThatIsMissingOnTheWayOfAMessageIsNoticed() throws IOException {
        JavaClasses classes = SourceTree.mainClasses();

        List<String> unnoticed = new ArrayList<>();
        for (List<String> names : messageWalks()) {
            for (int i = 1; i < names.size() - 1; i++) {
                List<JavaClass> walk = new ArrayList<>(names.stream()
                        .map(name -> messageClassOf(name, classes))
                        .toList());
                JavaClass left = walk.remove(i);
                if (gap(walk) == null && !isWrapper(left)) { // which has the interface of the next one
                    unnoticed.add(left.getSimpleName() + " between " + names.get(i - 1) + " and " + names.get(i + 1));
                }
            }
        }
        assertThat(unnoticed).isEmpty();
    }

    /// Returns where a walk breaks off; null if each class hands bytes on to the next.
    private static @Nullable String gap(List<JavaClass> walk) {
        for (int i = 1; i < walk.size(); i++) {
            JavaClass from = walk.get(i - 1);
            JavaClass to = walk.get(i);
            boolean isHandedOn = passesBytes(from, to)
                    || (isTakenFrom(from, to) && passesBytes(to, from))
                    || passesBytesThroughLambda(from, to, walk);
            if (!isHandedOn) {
                return from.getSimpleName() + " hands no bytes on to " + to.getSimpleName();
            }
        }
        return null;
    }

    /// True for a class that keeps bytes until the next one on the way asks for them.
    private static boolean isTakenFrom(JavaClass from, JavaClass to) {
        return TAKEN_BY.getOrDefault(from.getSimpleName(), "").equals(to.getSimpleName());
    }

    /// True if a class calls the other, or an interface of it, with a buffer or for one.
    private static boolean passesBytes(JavaClass caller, JavaClass called) {
        return accessesWithBytes(caller)
                .anyMatch(
                        access -> called.isAssignableTo(access.getTargetOwner().getName()));
    }

    /// True if a class calls a functional interface with a buffer, of which a class of the walk makes one that calls
    /// the other.
    private static boolean passesBytesThroughLambda(JavaClass from, JavaClass to, List<JavaClass> walk) {
        return accessesWithBytes(from)
                .map(access -> access.getTargetOwner())
                .filter(owner -> owner.getName().equals("dev.pitot.message.link.DatagramSender"))
                .anyMatch(sender -> walk.stream()
                        .filter(maker -> maker != from && maker != to)
                        .anyMatch(maker -> knows(maker, sender) && passesBytes(maker, to)));
    }

    private static Stream<JavaCodeUnitAccess<?>> accessesWithBytes(JavaClass caller) {
        return Stream.concat(Stream.of(caller), caller.getAllRawSuperclasses().stream())
                .filter(type -> type.getPackageName().startsWith(MESSAGES))
                .flatMap(type -> type.getCodeUnitAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().getPackageName().startsWith(MESSAGES))
                .filter(access -> access.getTarget().getRawReturnType().isAssignableTo(ByteBuffer.class)
                        || access.getTarget().getRawParameterTypes().stream()
                                .anyMatch(type -> type.isAssignableTo(ByteBuffer.class)))
                .filter(access -> !access.getTarget().getName().startsWith("is")) // a question hands nothing on
                .map(access -> (JavaCodeUnitAccess<?>) access);
    }

    private static boolean isWrapper(JavaClass type) {
        return type.isAssignableTo("dev.pitot.message.link.ForwardingConnection");
    }

    /// Returns the lines with arrows that begin with a class, in the part about messages.
    private static List<List<String>> messageWalks() throws IOException {
        String page = Files.readString(SourceTree.root().resolve("docs/design.md"));
        String part = page.substring(page.indexOf("passes these classes"), page.indexOf("## The lab"));
        return walks(part);
    }

    private static List<List<String>> walks(String part) {
        return part.lines()
                .filter(line -> line.contains(ARROW) && Character.isUpperCase(line.charAt(0)))
                .map(line -> List.of(line.strip().split(ARROW)))
                .toList();
    }

    private static JavaClass messageClassOf(String name, JavaClasses classes) {
        List<JavaClass> found = classes.stream()
                .filter(type -> type.getSimpleName().equals(name))
                .filter(type -> type.getPackageName().startsWith(MESSAGES))
                .toList();
        assertThat(found).as(name).hasSize(1);
        return found.getFirst();
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
