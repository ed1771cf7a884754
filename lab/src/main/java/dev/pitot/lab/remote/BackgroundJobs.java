package dev.pitot.lab.remote;

import dev.pitot.lab.os.OperatingSystem;
import dev.pitot.lab.os.OsAdapter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Runs commands behind a console: what they write goes to files in a folder of its own on the
/// node, which are read piece by piece. One thread at a time, as its shell.
final class BackgroundJobs {
    private static final int MAX_TYPED = 300; // a terminal takes lines of 1024 (macOS) or 4095 characters
    private static final String LITERAL = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _./:=,+";

    private final String name;
    private final ConsoleShell shell;
    private final OsAdapter adapter;
    private final String folder;
    private final int pieceBytes;
    private boolean isReady;

    BackgroundJobs(String name, ConsoleShell shell, OperatingSystem system, int pieceBytes) {
        this.name = name;
        this.shell = shell;
        this.adapter = OsAdapter.of(system);
        this.folder = adapter.temporaryFolder() + "/pitot-" + shell.token();
        this.pieceBytes = pieceBytes;
    }

    /// How much of a command's files was read.
    record Offsets(long out, long err) {
        static final Offsets START = new Offsets(0, 0);
    }

    /// The result of one look at a command's files.
    ///
    /// @param out new bytes of standard output, one per character
    /// @param code how the command exited; null if it goes on
    /// @param isClean whether exactly as many bytes came as the node has reported
    /// @param next where to read on
    /// @param isLast whether this was all: the command had exited before its files were read to
    /// their end
    record Poll(String out, String err, @Nullable Integer code, boolean isClean, Offsets next, boolean isLast) {}

    /// Starts a command in the background of the shell.
    ///
    /// @param number no other command of this console has it
    void start(int number, List<String> command) throws ConnectionException, InterruptedException {
        prepare();
        String file = folder + "/" + number;
        List<String> pieces = octal("exec " + adapter.commandLine(command) + "\n");
        for (String piece : pieces) {
            require("printf '" + piece + "' >>" + file + ".cmd");
        }
        // Both subshells: the console's shell shall not report jobs.
        require(": >" + file + ".out >" + file + ".err && ( ( sh " + file + ".cmd >" + file + ".out 2>" + file
                + ".err </dev/null; echo $? >" + file + ".end ) & )");
    }

    /// Whether the folder and the function are there, without which no command runs.
    boolean isReady() {
        return isReady;
    }

    /// The folder, which only the login's user may read, and a function that shows a piece of a
    /// file behind its size: name, place and mark are its arguments.
    private void prepare() throws ConnectionException, InterruptedException {
        if (isReady) {
            return;
        }
        require("mkdir -m 700 " + folder);
        require(
                "pitot_part() { pitot_n=$(($(wc -c <$1)-$2)); "
                        + "if test $pitot_n -gt " + pieceBytes + "; then pitot_n=" + pieceBytes + "; fi; "
                        + "echo \"$3$pitot_n\"; "
                        + "if test $pitot_n -gt 0; then tail -c +$(($2+1)) $1 2>/dev/null | head -c $pitot_n; fi; echo \"$3\"; }");
        isReady = true;
    }

    private void require(String script) throws ConnectionException, InterruptedException {
        SentinelParser.Output answer = shell.execute(script);
        if (answer == null) {
            throw new ConnectionException(name + " does not answer: check the line, and what else is typed on it");
        }
        if (answer.code() != 0) {
            throw new ConnectionException(
                    name + " cannot keep files in " + folder + ": check that it can be written and is not full");
        }
    }

    /// Looks at what a command has written.
    ///
    /// @return null if the console gave no answer that can be read
    @Nullable Poll poll(int number, Offsets from) throws ConnectionException, InterruptedException {
        String file = folder + "/" + number;
        String mark = shell.innerMark();
        String quoted = SentinelParser.halves(mark);
        SentinelParser.Output answer = shell.execute("pitot_c=$(cat " + file + ".end 2>/dev/null); "
                + "pitot_part " + file + ".out " + from.out() + " " + quoted + "; "
                + "pitot_part " + file + ".err " + from.err() + " " + quoted + "; "
                + "echo " + quoted + "$pitot_c");
        if (answer == null) {
            return null;
        }
        var reading = new PollParser(mark, answer.text());
        FilePart out = reading.piece();
        FilePart err = out == null ? null : reading.piece();
        String code = err == null ? null : reading.line();
        if (out == null || err == null || code == null || !code.matches("\\d{0,3}")) {
            return null;
        }
        return new Poll(
                out.text(),
                err.text(),
                code.isEmpty() ? null : Integer.valueOf(code),
                out.isClean() && err.isClean(),
                new Offsets(from.out() + out.length(), from.err() + err.length()),
                !code.isEmpty() && Math.max(out.length(), err.length()) < pieceBytes);
    }

    /// Removes a command's files; it may still write to them, which nobody sees.
    void remove(int number) throws ConnectionException, InterruptedException {
        shell.execute("rm -f " + folder + "/" + number + ".*");
    }

    /// Where the files are, on the node.
    String folder() {
        return folder;
    }

    /// Removes what a console that was lost has left behind.
    void tidy(String lostFolder) throws ConnectionException, InterruptedException {
        shell.execute("rm -rf " + lostFolder);
    }

    /// The line that leaves nothing of ours behind, and the terminal as it was.
    String farewell() {
        return "rm -rf " + folder + "; stty echo 2>/dev/null; PS1='$ '";
    }

    /// For the format of `printf`, in pieces that any terminal takes.
    private static List<String> octal(String text) {
        List<String> pieces = new ArrayList<>();
        var piece = new StringBuilder();
        for (byte next : text.getBytes(StandardCharsets.UTF_8)) {
            int value = next & 0xFF;
            if (LITERAL.indexOf(value) >= 0) {
                piece.append((char) value);
            } else {
                piece.append(String.format(Locale.ROOT, "\\%03o", value));
            }
            if (piece.length() >= MAX_TYPED) {
                pieces.add(piece.toString());
                piece.setLength(0);
            }
        }
        if (!piece.isEmpty()) {
            pieces.add(piece.toString());
        }
        return pieces;
    }

    /// A part of a file.
    ///
    /// @param length how many bytes the node reports
    private record FilePart(long length, String text) {
        boolean isClean() {
            return length == text.length();
        }
    }

    /// Takes an answer apart at its marks.
    private static final class PollParser {
        private final String mark;
        private final String text;
        private int place;

        PollParser(String mark, String text) {
            this.mark = mark;
            this.text = text;
        }

        /// The rest of the line behind the next mark; null if there is none.
        @Nullable String line() {
            int start = text.indexOf(mark, place);
            int end = start < 0 ? -1 : text.indexOf('\n', start);
            if (end < 0) {
                return null;
            }
            place = end + 1;
            return text.substring(start + mark.length(), end);
        }

        @Nullable FilePart piece() {
            String length = line();
            int start = place;
            int end = length == null ? -1 : text.indexOf(mark, start);
            if (length == null || !length.matches("-?\\d{1,9}") || line() == null) {
                return null;
            }
            return new FilePart(Math.max(0, Long.parseLong(length)), text.substring(start, end));
        }
    }
}
