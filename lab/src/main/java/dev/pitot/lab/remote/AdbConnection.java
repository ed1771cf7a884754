package dev.pitot.lab.remote;

import dev.pitot.lab.node.ConnectionSettings;
import dev.pitot.lab.os.OperatingSystem;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An Android device that is reached by `adb`, on this machine or on another one. Any thread may
/// use it.
///
/// The first command, and the first after the device was lost, is preceded by a question to `adb`
/// whether it has the device (`adb get-state`). Since old ones do not pass an exit code on, the
/// device's shell writes it behind the output, which no listener gets. Where it is missing, the
/// device was lost.
final class AdbConnection implements NodeConnection {

    private final ShellContext shell;
    private final String name;
    private final List<String> adb;
    private final NodeConnection machine;
    private final Object opening = new Object();
    private volatile boolean isOpen;

    /// Opens nothing yet.
    ///
    /// @param machine whose `adb` it is, closed together with this; null for this one
    /// @param wallClock for the arrival of lines
    /// @throws ConnectionException if the serial number is none
    AdbConnection(
            ShellContext shell,
            ConnectionSettings.Adb settings,
            @Nullable NodeConnection machine,
            InstantSource wallClock)
            throws ConnectionException {
        this.shell = new ShellContext(shell.node(), OperatingSystem.ANDROID, shell.environment(), shell.timeouts());
        List<String> arguments = new ArrayList<>(List.of(settings.program()));
        String serialNumber = settings.serialNumber();
        if (serialNumber != null) {
            OpenSshConnection.requireName(shell.node(), "device", serialNumber);
            arguments.addAll(List.of("-s", serialNumber));
        }
        this.adb = List.copyOf(arguments);
        String way = serialNumber == null ? "adb" : "adb " + serialNumber;
        var label =
                new ShellContext.ConnectionLabel(shell.node(), machine == null ? way : way + " at " + machine.name());
        this.name = label.text();
        this.machine = machine == null ? new LocalConnection(label, Map.of(), wallClock) : machine;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RunningCommand start(List<String> command, LineListener lines) throws ConnectionException {
        String line = ShellQuoting.line(shell, command);
        open();
        var mapper = new ExitCodeMapper(OutputLine.Origin.OUT, lines, this::lost);
        List<String> whole = new ArrayList<>(adb);
        whole.addAll(List.of("shell", "-T", line + "; echo " + mapper.word() + "$?"));
        return mapper.carriedBy(machine.start(whole, mapper::onLine));
    }

    private CommandEnd lost(int code, List<String> output) {
        isOpen = false;
        String advice = KnownError.adviceFor(KnownError.ADB, output);
        return new CommandEnd.ConnectionLost(name + ": "
                + (advice == null
                        ? "adb ended with " + code + " before the command did; see whether the device is plugged in"
                        : advice));
    }

    /// Asks `adb` whether it has the device, unless it is known already. The first command does
    /// so by itself.
    ///
    /// @throws ConnectionException if it has not; the message explains what to do
    public void open() throws ConnectionException {
        if (isOpen) {
            return;
        }
        synchronized (opening) {
            if (!isOpen) {
                query();
                isOpen = true;
            }
        }
    }

    private void query() throws ConnectionException {
        List<String> question = new ArrayList<>(adb);
        question.add("get-state");
        var output = new OutputTail();
        try (RunningCommand asked = machine.start(question, line -> output.add(line.text()))) {
            // adb may start its server first
            CommandEnd end = asked.await(shell.timeouts().login());
            boolean isThere = end instanceof CommandEnd.Exited(int code) && code == 0;
            if (end instanceof CommandEnd.ConnectionLost(String reason)) {
                throw new ConnectionException(reason);
            }
            if (!isThere || !output.lines().contains("device")) {
                throw new ConnectionException(name + ": " + failure(output.lines()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionException(name + ": interrupted before adb answered", e);
        }
    }

    private static String failure(List<String> output) {
        String advice = KnownError.adviceFor(KnownError.ADB, output);
        if (advice != null) {
            return advice;
        }
        return "adb does not have the device ("
                + (output.isEmpty() ? "no answer" : output.getLast().strip()) + "); see `adb devices`";
    }

    @Override
    public void close() {
        machine.close();
    }
}
