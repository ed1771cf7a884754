package dev.pitot.lab.process;

import dev.pitot.lab.process.NodeCommands.CommandResult;
import dev.pitot.lab.remote.ConnectionException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A node taken by one session: a file on the node, one for each network namespace there, that
/// says whose the node is and how long that holds without a renewal. Times are the node's own,
/// since its start, so that no clock matters. Nodes with POSIX shells only: on Windows nothing
/// keeps two sessions apart. One thread takes it and ends what dead sessions left; another may renew it.
public final class NodeLease {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final int MAX_TITLE = 60;
    private static final int LEASE_WORDS = 3; // word, session, and details of that session

    private static final String LEASE = ShellScripts.read("lease.sh");

    private final NodeCommands commands;
    private final Owner owner;
    private final Duration validity;
    private final String key;
    private String gone = ""; // sessions that are known to have died, before their leases are over
    private volatile List<Dead> dead = List.of();

    /// Who takes nodes.
    ///
    /// @param session its name in the marks of its processes
    /// @param text for people, such as `ann@pc7 (session roof, since 12:04)`; then perhaps
    ///     its process, which is not shown: see [HolderProcess]
    public record Owner(String session, String text) {
        /// This process, on behalf of its user.
        ///
        /// @param title of the plan
        public static Owner ofThisProcess(String session, String title, Instant since, ZoneId zone) {
            String host;
            try {
                host = InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException _) { // it has no name that it can look up
                host = "localhost";
            }
            String shown = title.length() > MAX_TITLE ? title.substring(0, MAX_TITLE) + "…" : title;
            return new Owner(
                    session,
                    printable("%s@%s (session %s, since %s, process %d)"
                                    .formatted(
                                            System.getProperty("user.name"),
                                            host,
                                            shown,
                                            MINUTE.format(since.atZone(zone)),
                                            ProcessHandle.current().pid()))
                            + HolderProcess.own());
        }
    }

    /// A session whose lease is over, and what it has left.
    private record Dead(String session, long ageSeconds, String text, List<ProcessTag> marks) {}

    /// A lease that is not taken yet.
    ///
    /// @param validity how long it holds without a renewal
    /// @param key what is taken; empty for the network namespace. The session's own name keeps
    ///     nobody out, and only shows that it runs: for the machine that many sessions begin at
    public NodeLease(NodeCommands commands, Owner owner, Duration validity, String key) {
        this.commands = commands;
        this.owner = owner;
        this.validity = validity;
        this.key = ProcessTag.coded(key);
    }

    /// How taking or renewing went.
    ///
    /// @param isOurs whether the session has the node
    /// @param isShared whether another node of the session had taken the same machine before
    /// @param holder whose it is instead; empty if it is ours, or nobody's
    /// @param fault why nobody can have it, and what to do; empty if somebody can
    public record Outcome(boolean isOurs, boolean isShared, String holder, String fault) {}

    /// Tries to take the node, once; from a session whose process was on this machine and is gone, at once.
    ///
    /// @throws ConnectionException if it cannot be reached
    public Outcome take() throws ConnectionException, InterruptedException {
        List<String> reported = run("take", owner.session());
        String found = HolderProcess.gone(reported);
        if (found.equals(gone)) {
            return outcome(reported, true);
        }
        gone = found;
        Outcome second = outcome(run("take", owner.session()), true);
        boolean isTaken = reported.contains("taken"); // by the first run: the second finds its own lease
        return new Outcome(second.isOurs(), second.isShared() && !isTaken, second.holder(), second.fault());
    }

    /// Renews the lease; takes it again where it is gone.
    ///
    /// @return not ours if another session has the node now
    /// @throws ConnectionException if it cannot be reached
    public Outcome renew() throws ConnectionException, InterruptedException {
        return outcome(run("renew", owner.session()), false);
    }

    /// Gives the node back; where programs of the session are left, their notes are for the next.
    public void release() throws ConnectionException, InterruptedException {
        run("release", owner.session());
    }

    /// Ends what dead sessions have left, as [#take] has found it.
    ///
    /// @param now and zone, for the log
    /// @return sentences for the log
    /// @throws ConnectionException if the node cannot be reached, or a process survives: then the others were
    /// ended nevertheless
    public List<String> endOrphans(Instant now, ZoneId zone) throws ConnectionException, InterruptedException {
        List<String> sentences = new ArrayList<>();
        List<String> survivors = new ArrayList<>();
        for (Dead each : dead) {
            int ended = 0;
            boolean isForced = false;
            for (ProcessTag tag : each.marks()) {
                NodePidFile.Result result = new NodePidFile(commands, tag).end(GRACE, () -> false);
                switch (result.ended()) {
                    case TERMINATED -> ended += result.processes();
                    case KILLED -> {
                        ended += result.processes();
                        isForced = true;
                    }
                    case SURVIVED -> survivors.add(result.survivors());
                    case BY_ITSELF -> {}
                }
            }
            run("forget", each.session());
            if (ended > 0) {
                String when = each.ageSeconds() < 0
                        ? ""
                        : " that ended at "
                                + MINUTE.format(
                                        now.minusSeconds(each.ageSeconds()).atZone(zone));
                sentences.add(commands.connection().name() + ": " + ended
                        + (ended == 1 ? " process of " : " processes of ") + each.text() + when
                        + (ended == 1 ? " was ended" : " were ended")
                        + (isForced ? ", some by force" : ""));
            }
        }
        dead = List.of();
        if (!survivors.isEmpty()) {
            throw new ConnectionException(String.join("; ", survivors));
        }
        return sentences;
    }

    private List<String> run(String action, String session) throws ConnectionException, InterruptedException {
        CommandResult answer = commands.run(ShellScripts.words(
                LEASE,
                List.of(
                        commands.temporaryFolder(),
                        action,
                        ProcessTag.coded(session),
                        Long.toString(validity.toSeconds()),
                        owner.text(),
                        key,
                        gone)));
        return answer.out().stream().map(line -> printable(line.strip())).toList();
    }

    private Outcome outcome(List<String> reported, boolean isTaking) throws ConnectionException {
        List<Dead> found = new ArrayList<>();
        Outcome outcome = null;
        for (String line : reported) {
            String[] words = line.split(" ", LEASE_WORDS);
            switch (words[0]) {
                case "taken", "renewed" -> outcome = new Outcome(true, false, "", "");
                case "shared" -> outcome = new Outcome(true, true, "", "");
                case "failed" -> outcome = new Outcome(false, false, "", fault(line));
                case "held" ->
                    outcome = new Outcome(
                            false,
                            false,
                            words.length < LEASE_WORDS ? "another session" : HolderProcess.without(words[2]),
                            "");
                case "dead" -> addDead(found, words);
                case "note" -> addNote(found, words);
                default -> {} // a console's own
            }
        }
        if (outcome == null) {
            throw new ConnectionException(commands.connection().name() + " does not report whether "
                    + commands.temporaryFolder() + "/pitot-lab-lease-* was written: look whether it has a shell");
        }
        if (isTaking) {
            dead = found;
        }
        return outcome;
    }

    /// Of `failed KIND FILE`.
    private static String fault(String line) {
        String[] words = line.split(" ", LEASE_WORDS);
        String file = words.length < LEASE_WORDS ? "its lease file" : words[2];
        return line.startsWith("failed kind ")
                ? file + " is not a lease file: remove it"
                : file + " can be neither written nor replaced: make room there, or remove it";
    }

    private static void addDead(List<Dead> found, String[] words) {
        if (words.length < 2) {
            return;
        }
        String[] rest = words.length < LEASE_WORDS ? new String[] {"-1"} : words[2].split(" ", 2);
        long age = rest[0].matches("\\d{1,9}") ? Long.parseLong(rest[0]) : -1;
        ProcessTag session = ProcessTag.ofFileName("pitot-lab-" + words[1] + "-node-lease.pid");
        if (session != null) {
            found.add(new Dead(
                    session.session(),
                    age,
                    rest.length > 1 ? HolderProcess.without(rest[1]) : "an earlier session",
                    new ArrayList<>()));
        }
    }

    private static void addNote(List<Dead> found, String[] words) {
        ProcessTag tag = words.length < 2 ? null : ProcessTag.ofFileName(words[1]);
        if (tag != null
                && !found.isEmpty()
                && tag.session().equals(found.getLast().session())) {
            found.getLast().marks().add(tag);
        }
    }

    /// The text without control characters, which a terminal would obey.
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}]", "?");
    }
}
