package dev.pitot.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The recipes of docs/lab.md are plans that can be read.
class RecipesTest {
    @ParameterizedTest
    @CsvSource({"turntable, 72", "http, 56", "attenuator, 26", "ssid, 4"})
    void aRecipeIsAPlanAndIsOnThePage(String name, int tests) throws IOException, PlanException, URISyntaxException {
        Path file = Path.of(Objects.requireNonNull(RecipesTest.class.getResource("recipes/" + name + ".yaml"), name)
                .toURI());
        Plan plan = Plans.read(file, Path.of("")).plan();

        assertThat(plan.cases()).hasSize(tests);
        assertThat(plan.fixtures().variables())
                .isNotEmpty()
                .allSatisfy(variable -> assertThat(variable.set()).isNotEmpty());
        assertThat(Files.readString(Path.of("../docs/lab.md"))).contains(Files.readString(file));
    }
}
