package dev.pitot.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.result.TcpField;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The table of the kernel's fields in docs/metrics.md has each of them, in their order, with what the program knows.
class TcpFieldTableTest {
    @Test
    void theTableIsTheProgramsOwn() {
        List<List<String>> rows = Proof.rows("metrics.md", "Fields of TCP_INFO");

        assertThat(rows)
                .containsExactlyElementsOf(Stream.of(TcpField.values())
                        .map(field -> List.of(
                                "`" + field.key() + "`",
                                field.unit().text(),
                                field.kind().name().toLowerCase(Locale.ROOT),
                                field.since(),
                                field.meaning()))
                        .toList());
    }
}
