package dev.pitot.checks.golden;

import dev.pitot.checks.golden.RecordingRunner.Played;
import dev.pitot.testkit.ChildProcess.Exit;
import dev.pitot.testkit.Golden;
import dev.pitot.testkit.Golden.End;
import dev.pitot.testkit.Golden.Form;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A difference between a run and its recording.
///
/// @param where for example `client stdout`
/// @param what a line that only the recording has, after `-`, or only the run, after `+`
record Deviation(String where, String what) {
    private static final Pattern INNER_DOCUMENT =
            Pattern.compile("^Server JSON output:\\n(\\{.*?^\\}\\n)", Pattern.MULTILINE | Pattern.DOTALL);

    /// Returns all differences, in the order of the outputs.
    static List<Deviation> of(Golden recording, Played played) {
        List<Deviation> deviations = new ArrayList<>();
        addEnd(deviations, "client", recording, recording.client(), played.client());
        addEnd(deviations, "server", recording, recording.server(), played.server());
        return deviations;
    }

    private static void addEnd(
            List<Deviation> deviations, String who, Golden recording, @Nullable End recorded, @Nullable Exit exit) {
        if (recorded == null || exit == null) {
            return;
        }
        if (recorded.exitCode() != exit.code()) {
            deviations.add(new Deviation(who + " exit", "-" + recorded.exitCode() + " +" + exit.code()));
        }
        boolean keepsUnits = recording.name().startsWith("format-") && who.equals("client");
        addLines(deviations, who + " stderr", TextShape.of(recorded.stderr()), TextShape.of(exit.stderr()));
        if (recorded.form() == Form.TXT) {
            addLines(deviations, who + " stdout", text(recorded.stdout(), keepsUnits), text(exit.stdout(), keepsUnits));
        } else {
            addLines(deviations, who + " stdout", document(recorded.stdout()), document(exit.stdout()));
        }
    }

    /// Text output, which may contain the JSON document of the other end.
    private static List<String> text(String stdout, boolean keepsUnits) {
        Matcher inner = INNER_DOCUMENT.matcher(stdout);
        if (!inner.find()) {
            return TextShape.of(stdout, keepsUnits);
        }
        List<String> shape = new ArrayList<>(TextShape.of(stdout.substring(0, inner.start(1)), keepsUnits));
        shape.addAll(document(inner.group(1)));
        shape.addAll(TextShape.of(stdout.substring(inner.end(1)), keepsUnits));
        return shape;
    }

    /// Compares output that is not, or not only, JSON as text.
    private static List<String> document(String stdout) {
        String pollution = JsonShape.pollution(stdout);
        List<String> shape = new ArrayList<>(TextShape.of(pollution));
        try {
            shape.addAll(JsonShape.of(stdout.substring(pollution.length())));
        } catch (IOException e) {
            shape.add("no JSON: " + e.getMessage());
        }
        return shape;
    }

    private static void addLines(List<Deviation> deviations, String where, List<String> recorded, List<String> run) {
        for (String line : LineDifference.between(recorded, run)) {
            deviations.add(new Deviation(where, line));
        }
    }

    @Override
    public String toString() {
        return where + ": " + what;
    }
}
