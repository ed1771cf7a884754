package dev.pitot.lab.plan;

import dev.pitot.lab.node.Node;
import java.nio.file.Path;
import java.util.Objects;

/// Plans as texts.
final class PlanTexts {
    static final PlanFolders FOLDERS = new PlanFolders(Path.of("/plans"), Path.of("/home/tester"));

    /// A plan with nothing but what is needed.
    static final String SMALL = """
            nodes:
              desk: {connection: local, address: 10.0.0.1}
              phone: {connection: adb, interface: wlan0}
            traffic_pc: desk
            tests:
              - name: tcp
            """;

    private PlanTexts() {}

    static Plan plan(String text) {
        try {
            return PlanReader.read("p.yaml", text, FOLDERS);
        } catch (PlanException e) {
            throw new AssertionError(e.getMessage() + "\nin\n" + text, e);
        }
    }

    static Node node(Plan plan, String name) {
        return Objects.requireNonNull(plan.nodes().get(name), name);
    }

    /// What is wrong, line by line; empty if nothing is.
    static String complaints(String text) {
        try {
            PlanReader.read("p.yaml", text, FOLDERS);
            return "";
        } catch (PlanException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
