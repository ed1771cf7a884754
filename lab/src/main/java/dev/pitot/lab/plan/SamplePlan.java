package dev.pitot.lab.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// A plan to begin with, with a comment on every setting, and the description of plans that
/// editors complete and check by. Whoever writes them to files overwrites none.
public final class SamplePlan {
    private SamplePlan() {}

    /// The plan, in YAML. It measures this machine with itself.
    public static String text() {
        return resource("sample.yaml");
    }

    /// The JSON Schema of plans (draft 2020-12).
    public static String schema() {
        return resource("lab-plan.schema.json");
    }

    private static String resource(String name) {
        try (InputStream in = SamplePlan.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(in, () -> name + " is missing from the build")
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
