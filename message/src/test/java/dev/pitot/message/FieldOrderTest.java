package dev.pitot.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pitot.message.FieldOrder.Build;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FieldOrderTest {
    private static final List<String> AMBIGUOUS = List.of("ynI", "a4E3a5s9H", "Brn5m", "str"); // the shortest vector

    @Test
    void allVectorsOf64BitPythonComeOut() throws IOException {
        List<Vector> vectors = Vector.all();

        assertThat(vectors)
                .hasSize(912)
                .allSatisfy(vector -> assertThat(order(vector, Build.BITS_64)).isEqualTo(vector.bits64));
    }

    @Test
    void allVectorsOf32BitPythonComeOut() throws IOException {
        assertThat(Vector.withAllBuilds())
                .hasSize(903)
                .allSatisfy(vector -> assertThat(order(vector, Build.BITS_32)).isEqualTo(vector.bits32));
    }

    @Test
    void allVectorsOf64BitWindowsComeOut() throws IOException {
        assertThat(Vector.withAllBuilds())
                .hasSize(903)
                .allSatisfy(
                        vector -> assertThat(order(vector, Build.WINDOWS_64)).isEqualTo(vector.windows));
    }

    private static boolean isRefused(List<String> declared) {
        try {
            FieldOrder.python2().arrange(declared);
            return false;
        } catch (IllegalArgumentException _) {
            return true;
        }
    }

    @Test
    void definitionsAreRefusedWhereTheVectorsOfBuildsDiffer() throws IOException {
        List<Vector> vectors = Vector.withAllBuilds();

        assertThat(vectors)
                .allSatisfy(vector -> assertThat(isRefused(vector.declared))
                        .isEqualTo(!(vector.bits64.equals(vector.bits32) && vector.bits64.equals(vector.windows))));
        assertThat(vectors).filteredOn(vector -> isRefused(vector.declared)).hasSize(123);
        assertThat(vectors)
                .filteredOn(vector -> !vector.bits64.equals(vector.bits32))
                .hasSize(121);
    }

    @Test
    void anAmbiguousDefinitionIsRefusedUnlessABuildIsChosen() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldOrder.python2().arrange(AMBIGUOUS))
                .withMessage("the order of the fields differs between the builds of Python 2 "
                        + "[BITS_64, BITS_32, WINDOWS_64]: choose the one that the peers run, or list the fields");
        assertThat(FieldOrder.python2(Build.BITS_64).arrange(AMBIGUOUS))
                .containsExactly("Brn5m", "str", "ynI", "a4E3a5s9H");
        assertThat(FieldOrder.python2(Build.BITS_32).arrange(AMBIGUOUS))
                .containsExactly("Brn5m", "ynI", "a4E3a5s9H", "str");
    }

    @Test
    void buildsThatAgreeOnAnAmbiguousDefinitionMayBeGivenTogether() {
        var agreeing = new FieldOrder.Python2(Set.of(Build.BITS_64, Build.WINDOWS_64));

        assertThat(agreeing.arrange(AMBIGUOUS)).containsExactly("Brn5m", "str", "ynI", "a4E3a5s9H");
    }

    @Test
    void noBuildIsNoOrder() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FieldOrder.Python2(Set.of()));
    }

    @Test
    void theOrderOfOtherDefinitionsIsTheSameForAllBuilds() {
        List<String> everything = List.of("an_int", "a_short", "a_float", "a_bool", "a_uchar", "fixed", "var");

        assertThat(FieldOrder.python2().arrange(everything))
                .containsExactly("a_bool", "a_float", "var", "fixed", "a_short", "a_uchar", "an_int");
    }

    @Test
    void namesThatAreNotAsciiHaveNoKnownOrder() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldOrder.python2().arrange(List.of("naïve", "x")))
                .withMessage("Python 2's order cannot be known for the name 'naïve', which is not ASCII: "
                        + "list the fields instead");
    }

    @Test
    void noFieldsHaveAnOrderToo() {
        assertThat(FieldOrder.python2().arrange(List.of())).isEmpty();
    }

    /// What CPython 2.7.18 prints for `list({'f0': 0, 'f1': 0, …})` with 255 keys.
    @Test
    void theLargestDefinitionComesOut() {
        List<String> names = IntStream.range(0, 255).mapToObj(i -> "f" + i).toList();

        List<String> order = FieldOrder.python2(Build.BITS_64).arrange(names);

        assertThat(order).hasSize(255).containsExactlyInAnyOrderElementsOf(names);
        assertThat(order.subList(0, 5)).containsExactly("f169", "f168", "f161", "f160", "f163");
        assertThat(order.subList(250, 255)).containsExactly("f77", "f70", "f71", "f72", "f73");
    }

    @Test
    void declaredIsAsDeclared() {
        assertThat(FieldOrder.DECLARED.arrange(List.of("z", "a"))).containsExactly("z", "a");
    }

    @Test
    void listedIsAsListed() {
        assertThat(FieldOrder.listed("a", "z").arrange(List.of("z", "a"))).containsExactly("a", "z");
    }

    @Test
    void aListThatIsNotOfAllFieldsIsRefused() {
        List<String> declared = List.of("z", "a");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldOrder.listed("a").arrange(declared))
                .withMessage("the order lists [a], but must list each of [z, a] once");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldOrder.listed("a", "a").arrange(declared));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldOrder.listed("a", "b").arrange(declared));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldOrder.listed("a", "z", "a").arrange(declared));
    }

    private static List<String> order(Vector vector, Build build) {
        return FieldOrder.python2(build).arrange(vector.declared);
    }

    /// One definition and its orders, as the resource has them.
    private record Vector(List<String> declared, List<String> bits64, List<String> bits32, List<String> windows) {
        static List<Vector> all() throws IOException {
            Map<?, ?> file = Json.object(Json.resource("legume-dict-order-vectors.json"));
            return Stream.concat(
                            Json.object(file.get("named")).values().stream(), Json.list(file.get("vectors")).stream())
                    .map(Vector::of)
                    .toList();
        }

        static List<Vector> withAllBuilds() throws IOException {
            Map<?, ?> file = Json.object(Json.resource("legume-dict-order-vectors.json"));
            return Json.list(file.get("vectors")).stream().map(Vector::of).toList();
        }

        private static Vector of(Object json) {
            Map<?, ?> vector = Json.object(json);
            List<String> bits64 = names(vector.get("py27_64bit"));
            return new Vector(
                    names(vector.get("declared")),
                    bits64,
                    vector.containsKey("py27_32bit_emulated") ? names(vector.get("py27_32bit_emulated")) : bits64,
                    vector.containsKey("win64_emulated") ? names(vector.get("win64_emulated")) : bits64);
        }

        private static List<String> names(@Nullable Object json) {
            return List.of(Json.string(json).split(" "));
        }
    }
}
