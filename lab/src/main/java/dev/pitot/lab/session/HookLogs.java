package dev.pitot.lab.session;

import dev.pitot.lab.hook.HookContext;
import dev.pitot.lab.plan.Hook;
import dev.pitot.lab.remote.LineListener;
import dev.pitot.lab.remote.OutputLine;
import dev.pitot.lab.results.ResultFile;
import dev.pitot.lab.results.ResultsFolder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Output of hooks: a file `logs/hook_LABEL_NODE.log` for each hook that writes something, with lines
/// `time,number of the test,out|err,line`. Any thread may use it.
final class HookLogs {
    private final ResultsFolder folder;
    private final Map<String, ResultFile> files = new ConcurrentHashMap<>();

    HookLogs(ResultsFolder folder) {
        this.folder = folder;
    }

    /// The listener to one run of a hook.
    ///
    /// @param label such as `before_test_1`
    /// @param context null outside of tests
    LineListener of(Hook hook, String label, @Nullable HookContext context) {
        String place = switch (hook) {
            case Hook.Command command -> command.node() == null ? "here" : command.node();
            case Hook.Http _ -> "http";
            case Hook.PingGate _, Hook.Pause _ -> "ping"; // they write nothing
        };
        String number = context == null ? "" : Integer.toString(context.point().number());
        return new RunLog("hook_" + label + "_" + place, number);
    }

    private ResultFile file(String name) {
        return files.computeIfAbsent(name, each -> folder.file("logs", each, "log"));
    }

    /// Lines of one run, up to a limit.
    private final class RunLog implements LineListener {
        private final String name;
        private final String number;
        private long bytes;

        RunLog(String name, String number) {
            this.name = name;
            this.number = number;
        }

        @Override
        public synchronized void onLine(OutputLine line) {
            if (bytes > Hook.MAX_LOGGED_BYTES) {
                return;
            }
            bytes += line.text().getBytes(StandardCharsets.UTF_8).length + 1;
            String text = bytes > Hook.MAX_LOGGED_BYTES ? "… cut" : line.text();
            String origin = line.origin().name().toLowerCase(Locale.ROOT);
            file(name).line(line.arrival() + "," + number + "," + origin + "," + text);
        }
    }
}
