package dev.pitot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// docs/glossary.md has all words of type names, and no others.
@Timeout(600)
class GlossaryTest {
    @Test
    void namesAreSplitWhereAWordBegins() {
        assertThat(Glossary.wordsOf("UdpStreamListener")).containsExactly("Udp", "Stream", "Listener");
        assertThat(Glossary.wordsOf("Iperf3RsText")).containsExactly("Iperf3", "Rs", "Text");
        assertThat(Glossary.wordsOf("CJsonNumber")).containsExactly("C", "Json", "Number");
    }

    @Test
    void noWordStandsInBothLists() {
        Set<String> both = new TreeSet<>(Glossary.terms());
        both.retainAll(Glossary.ordinaryWords());

        assertThat(Glossary.terms()).hasSizeGreaterThan(50);
        assertThat(Glossary.ordinaryWords()).hasSizeGreaterThan(100);
        assertThat(both).isEmpty();
    }

    @Test
    void everyWordIsUsed() throws IOException {
        Set<String> used = SourceTree.mainClasses().stream()
                .map(JavaClass::getSimpleName)
                .flatMap(name -> Glossary.wordsOf(name).stream())
                .collect(Collectors.toCollection(HashSet::new));
        Set<String> unused = new TreeSet<>(Glossary.words());
        unused.removeAll(used);

        assertThat(unused).isEmpty();
    }
}
