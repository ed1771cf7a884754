package dev.pitot.cli.lab;

import dev.pitot.lab.parse.RoundedValue;
import dev.pitot.lab.plan.ParameterSet;
import dev.pitot.lab.plan.TestCase.Pair;
import dev.pitot.lab.results.RunResult;
import dev.pitot.lab.results.RunResult.Verdict;
import dev.pitot.lab.results.TestId;
import dev.pitot.lab.results.Totals;
import dev.pitot.lab.session.SessionEvent;
import dev.pitot.lab.session.SessionListener;
import dev.pitot.lab.session.SessionProgress;
import dev.pitot.output.text.ControlCharacterFilter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Shows a session: a line for each test that is over, and on a terminal one below them that
/// shows what runs and how long the rest may take. The session calls it, one event at a time.
final class SessionDisplay implements SessionListener {
    private static final String BACK = "\r\u001b[K"; // ECMA-48: erase in line

    private static final int WIDTH = 79; // a line that wraps could not be written over
    private static final double FINEST_LOSS = 0.001; // percent

    private final Consumer<String> out;
    private final boolean isTerminal;
    private boolean hasStatus;

    /// @param out takes text with its ends of lines
    /// @param isTerminal whether a line may be written over
    SessionDisplay(Consumer<String> out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    @Override
    public void onEvent(SessionEvent event) {
        switch (event) {
            case SessionEvent.Began began ->
                line(began.title() + ": " + number(began.tests(), "test") + ", results in " + began.folder());
            case SessionEvent.TestBegan began -> began(began);
            case SessionEvent.TestEnded ended -> ended(ended);
            case SessionEvent.Note(String text) -> line(text);
            case SessionEvent.Ended ended -> line(ended.summary().text().stripTrailing());
        }
    }

    static String number(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    private void began(SessionEvent.TestBegan began) {
        String status =
                "[" + (began.progress().done() + 1) + "/" + began.progress().total() + "] "
                        + name(TestId.of(began.test())) + attempt(began.attempt()) + rest(began.progress());
        if (isTerminal) {
            out.accept((hasStatus ? BACK : "") + ControlCharacterFilter.line(cut(status)));
            hasStatus = true;
        }
    }

    private static String cut(String line) {
        return line.codePointCount(0, line.length()) <= WIDTH
                ? line
                : line.substring(0, line.offsetByCodePoints(0, WIDTH - 1)) + "…";
    }

    private void ended(SessionEvent.TestEnded ended) {
        RunResult result = ended.result();
        SessionProgress progress = ended.progress();
        line("[" + progress.done() + "/" + progress.total() + "] " + name(result.id()) + attempt(result.attempt())
                + ": " + verdict(result) + (ended.willRetry() ? "; comes again at the end" : "") + rest(progress));
    }

    private void line(String text) {
        out.accept((hasStatus ? BACK : "") + LabConsole.printable(text));
        hasStatus = false;
    }

    /// Such as `tcp tate -> desk angle=90 parallel=4`.
    static String name(TestId test) {
        Pair pair = test.group().pair();
        ParameterSet parameters = test.group().parameters();
        String point = Stream.of(parameters.variables(), parameters.sweep())
                .flatMap(values -> values.entrySet().stream())
                .map(SessionDisplay::value)
                .collect(Collectors.joining());
        String repetition = test.repetition() > 1 ? " #" + test.repetition() : "";
        return test.group().test() + " " + pair.sender() + " -> " + pair.receiver() + point + repetition;
    }

    private static String value(Map.Entry<String, String> swept) {
        return " " + swept.getKey() + "=" + swept.getValue();
    }

    private static String attempt(int attempt) {
        return attempt == 1 ? "" : " (again)";
    }

    private static String verdict(RunResult result) {
        Verdict verdict = result.verdict();
        String word = verdict.kind().name().toLowerCase(Locale.ROOT);
        String figures = figures(Totals.of(result.measurements()));
        String reason = verdict.reason() == null || verdict.reason().equals(word) ? "" : ": " + verdict.reason();
        return figures + word + reason;
    }

    private static String figures(Totals totals) {
        RoundedValue received = totals.receivedBitsPerSecond();
        Double loss = totals.lossPercent();
        String rate = received == null ? "" : String.format(Locale.ROOT, "%.1f Mbit/s, ", received.value() / 1e6);
        return rate + (loss == null ? "" : percent(loss) + " lost, ");
    }

    /// No loss at all looks unlike a small one.
    private static String percent(double loss) {
        return loss > 0 && loss < FINEST_LOSS
                ? "< 0.001 %"
                : String.format(Locale.ROOT, loss == 0 ? "%.0f %%" : "%.3f %%", loss);
    }

    private static String rest(SessionProgress progress) {
        Duration remaining = progress.remaining();
        return remaining == null || remaining.isZero() ? "" : ", " + text(remaining) + " left";
    }

    static String text(@Nullable Duration duration) {
        if (duration == null) {
            return "?";
        }
        long seconds = Math.ceilDiv(duration.toMillis(), 1000);
        if (seconds < 100) {
            return seconds + " s";
        }
        long minutes = Math.ceilDiv(seconds, 60);
        return minutes < 100 ? minutes + " min" : Math.ceilDiv(minutes, 60) + " h";
    }
}
