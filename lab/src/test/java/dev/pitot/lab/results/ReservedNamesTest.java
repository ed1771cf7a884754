package dev.pitot.lab.results;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pitot.lab.plan.PlanException;
import dev.pitot.lab.plan.PlanFolders;
import dev.pitot.lab.plan.PlanReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A variable of a plan cannot be called as a column of the results.
class ReservedNamesTest {
    static List<String> columns() {
        return List.of(ResultColumns.csv(List.of()).split(","));
    }

    @ParameterizedTest
    @MethodSource("columns")
    void noVariableIsCalledLikeAColumn(String column) {
        String text = """
                nodes: {a: {connection: local, address: 10.0.0.1}, b: {connection: local, address: 10.0.0.2}}
                traffic_pc: a
                variables: {%s: [1, 2]}
                tests: {name: t}
                """.formatted(column);

        assertThatThrownBy(() -> PlanReader.read("p.yaml", text, new PlanFolders(Path.of("/"), Path.of("/"))))
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("a variable cannot be called '" + column + "'");
    }
}
