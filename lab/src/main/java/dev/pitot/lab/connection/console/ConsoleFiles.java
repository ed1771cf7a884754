package dev.pitot.lab.connection.console;

import dev.pitot.lab.connection.ConnectionException;
import dev.pitot.lab.system.OperatingSystem;
import dev.pitot.lab.system.SystemRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Runs commands behind a console: what they write goes to files in a folder of its own on the
/// node, which are read piece by piece. One thread at a time, as its shell.
final class ConsoleFiles {
    private static final int MOST_TYPED = 300; // a terminal takes lines of 1024 (macOS) or 4095 characters
    private static final String LITERAL = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _./:=,+";

    private final String name;
    private final ConsoleShell shell;
    private final SystemRules rules;
    private final String folder;
    private final int pieceBytes;
    private boolean isReady;

    ConsoleFiles(String name, ConsoleShell shell, OperatingSystem system, int pieceBytes) {
        this.name = name;
        this.shell = shell;
        this.rules = SystemRules.of(system);
        this.folder = rules.temporaryFolder() + "/pitot-" + shell.token();
        this.pieceBytes = pieceBytes;
    }

    /// How much of a command's files was read.
    record Place(long out, long err) {
        static final Place START = new Place(0, 0);
    }

    /// What one look at a command's files has told.
    ///
    /// @param out new bytes of standard output, one per character
    /// @param code how the command exited; null if it goes on
    /// @param isClean whether exactly as many bytes came as the node has told
    /// @param next where to read on
    /// @param isLast whether this was all: the command had exited before its files were read to
    /// their end
    record Look(String out, String err, @Nullable Integer code, boolean isClean, Place next, boolean isLast) {}

    /// Starts a command in the background of the shell.
    ///
    /// @param number no other command of this console has it
    void start(int number, List<String> command) throws ConnectionException, InterruptedException {
        prepare();
        String file = folder + "/" + number;
        List<String> pieces = octal("exec " + rules.commandLine(command) + "\n");
        for (String piece : pieces) {
            require("printf '" + piece + "' >>" + file + ".cmd");
        }
        // Both subshells: the console's shell shall not tell of jobs.
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
        require("pitot_part() { pitot_n=$(($(wc -c <$1)-$2)); "
                + "if test $pitot_n -gt " + pieceBytes + "; then pitot_n=" + pieceBytes + "; fi; "
                + "echo \"$3$pitot_n\"; "
                + "if test $pitot_n -gt 0; then tail -c +$(($2+1)) $1 | head -c $pitot_n; fi; echo \"$3\"; }");
        isReady = true;
    }

    private void require(String script) throws ConnectionException, InterruptedException {
        Marked.Answer answer = shell.ask(script);
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
    @Nullable Look look(int number, Place from) throws ConnectionException, InterruptedException {
        String file = folder + "/" + number;
        String mark = shell.innerMark();
        String quoted = Marked.halves(mark);
        Marked.Answer answer = shell.ask("pitot_c=$(cat " + file + ".end 2>/dev/null); "
                + "pitot_part " + file + ".out " + from.out() + " " + quoted + "; "
                + "pitot_part " + file + ".err " + from.err() + " " + quoted + "; "
                + "echo " + quoted + "$pitot_c");
        if (answer == null) {
            return null;
        }
        var reading = new Reading(mark, answer.text());
        Piece out = reading.piece();
        Piece err = out == null ? null : reading.piece();
        String code = err == null ? null : reading.line();
        if (out == null || err == null || code == null || !code.matches("\\d{0,3}")) {
            return null;
        }
        return new Look(
                out.text(),
                err.text(),
                code.isEmpty() ? null : Integer.valueOf(code),
                out.isClean() && err.isClean(),
                new Place(from.out() + out.told(), from.err() + err.told()),
                !code.isEmpty() && Math.max(out.told(), err.told()) < pieceBytes);
    }

    /// Removes a command's files; it may still write to them, which nobody sees.
    void remove(int number) throws ConnectionException, InterruptedException {
        shell.ask("rm -f " + folder + "/" + number + ".*");
    }

    /// Where the files are, on the node.
    String folder() {
        return folder;
    }

    /// Removes what a console that was lost has left behind.
    void tidy(String lostFolder) throws ConnectionException, InterruptedException {
        shell.ask("rm -rf " + lostFolder);
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
            if (piece.length() >= MOST_TYPED) {
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
    /// @param told how many bytes the node says that it has
    private record Piece(long told, String text) {
        boolean isClean() {
            return told == text.length();
        }
    }

    /// Takes an answer apart at its marks.
    private static final class Reading {
        private final String mark;
        private final String text;
        private int place;

        Reading(String mark, String text) {
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

        @Nullable Piece piece() {
            String told = line();
            int start = place;
            int end = told == null ? -1 : text.indexOf(mark, start);
            if (told == null || !told.matches("-?\\d{1,9}") || line() == null) {
                return null;
            }
            return new Piece(Math.max(0, Long.parseLong(told)), text.substring(start, end));
        }
    }
}
