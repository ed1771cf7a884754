package dev.pitot.lab.watch;

import dev.pitot.lab.connection.Line;

/// The number of a script's process. Only the very first line of standard output tells it: the
/// script writes that one before anything else can, while the mark is seen by every user of the
/// node, and a later line is whatever somebody put into what is read. Lines of standard output
/// come from one thread; any may ask.
final class ScriptPid {
    private final String mark;
    private boolean isDecided;
    private volatile long pid;

    ScriptPid(String mark) {
        this.mark = mark;
    }

    /// Hears a line.
    ///
    /// @return whether it was the one that tells the number; any other is the command's
    boolean hears(Line line) {
        if (line.origin() != Line.Origin.OUT || isDecided) {
            return false;
        }
        isDecided = true;
        MarkedLine marked = MarkedLine.of(line.text(), mark);
        pid = marked.text().isEmpty() ? marked.pid() : 0;
        return pid != 0;
    }

    /// 0 if it is not known, or the process has ended.
    long number() {
        return pid;
    }

    /// The process has ended: its number may be another's soon.
    void forget() {
        pid = 0;
    }

    String mark() {
        return mark;
    }
}
