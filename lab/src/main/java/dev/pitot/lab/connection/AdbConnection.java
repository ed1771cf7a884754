package dev.pitot.lab.connection;

import dev.pitot.lab.node.Door;
import dev.pitot.lab.system.OperatingSystem;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An Android device that is reached by `adb`, on this machine or on another one. Any thread may
/// use it.
///
/// The first command, and the first after the device was lost, is preceded by a question to `adb`
/// whether it has the device (`adb get-state`). Since old ones do not pass an exit code on, the
/// device's shell writes it behind the output, where nobody hears it. Where it is missing, the
/// device was lost.
public final class AdbConnection implements Connection {

    private final NodeShell shell;
    private final String name;
    private final List<String> adb;
    private final Connection machine;
    private final Object opening = new Object();
    private volatile boolean isOpen;

    private AdbConnection(NodeShell shell, String way, Door.Adb door, Connection machine) throws ConnectionException {
        this.shell = new NodeShell(shell.node(), OperatingSystem.ANDROID, shell.environment(), shell.timeouts());
        this.name = new NodeShell.Label(shell.node(), way).text();
        this.machine = machine;
        List<String> arguments = new ArrayList<>(List.of(door.program()));
        String serialNumber = door.serialNumber();
        if (serialNumber != null) {
            SshConnection.requireName(shell.node(), "device", serialNumber);
            arguments.addAll(List.of("-s", serialNumber));
        }
        this.adb = List.copyOf(arguments);
    }

    /// By the `adb` of this machine. Opens nothing yet.
    ///
    /// @param wallClock for the arrival of lines
    /// @throws ConnectionException if the serial number is none
    public static AdbConnection here(NodeShell shell, Door.Adb door, InstantSource wallClock)
            throws ConnectionException {
        String way = way(door);
        return new AdbConnection(
                shell, way, door, new LocalConnection(new NodeShell.Label(shell.node(), way), Map.of(), wallClock));
    }

    /// By the `adb` of another machine. Opens nothing yet.
    ///
    /// @param machine closed together with this
    /// @throws ConnectionException if the serial number is none
    public static AdbConnection over(NodeShell shell, Door.Adb door, Connection machine) throws ConnectionException {
        return new AdbConnection(shell, way(door) + " at " + machine.name(), door, machine);
    }

    private static String way(Door.Adb door) {
        return door.serialNumber() == null ? "adb" : "adb " + door.serialNumber();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RunningCommand start(List<String> command, LineListener lines) throws ConnectionException {
        String line = Quoting.line(shell, command);
        open();
        var mapper = new ExitCodeMapper(Line.Origin.OUT, lines, this::lost);
        List<String> whole = new ArrayList<>(adb);
        whole.addAll(List.of("shell", "-T", line + "; echo " + mapper.word() + "$?"));
        return mapper.carriedBy(machine.start(whole, mapper::onLine));
    }

    private CommandEnd lost(int code, List<String> said) {
        isOpen = false;
        String advice = Words.adviceFor(Words.ADB, said);
        return new CommandEnd.ConnectionLost(name + ": "
                + (advice == null
                        ? "adb ended with " + code + " before the command did; see whether the device is plugged in"
                        : advice));
    }

    /// Asks `adb` whether it has the device, unless it is known already. The first command does
    /// so by itself.
    ///
    /// @throws ConnectionException if it has not; the message says what to do
    public void open() throws ConnectionException {
        if (isOpen) {
            return;
        }
        synchronized (opening) {
            if (!isOpen) {
                ask();
                isOpen = true;
            }
        }
    }

    private void ask() throws ConnectionException {
        List<String> question = new ArrayList<>(adb);
        question.add("get-state");
        var said = new OutputTail();
        try (RunningCommand asked = machine.start(question, line -> said.add(line.text()))) {
            // adb may start its server first
            CommandEnd end = asked.await(shell.timeouts().login());
            boolean isThere = end instanceof CommandEnd.Exited(int code) && code == 0;
            if (end instanceof CommandEnd.ConnectionLost(String reason)) {
                throw new ConnectionException(reason);
            }
            if (!isThere || !said.lines().contains("device")) {
                throw new ConnectionException(name + ": " + failure(said.lines()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionException(name + ": interrupted before adb answered", e);
        }
    }

    private static String failure(List<String> said) {
        String advice = Words.adviceFor(Words.ADB, said);
        if (advice != null) {
            return advice;
        }
        return "adb does not have the device ("
                + (said.isEmpty() ? "no answer" : said.getLast().strip()) + "); see `adb devices`";
    }

    @Override
    public void close() {
        machine.close();
    }
}
