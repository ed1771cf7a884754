package dev.pitot.socket.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pitot.model.result.Evidence.ThreadTimes;
import dev.pitot.model.result.HostCounter;
import dev.pitot.model.result.KernelValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@OnLinux
class ProcFilesTest {
    private static final long MILLI = 1_000_000;

    @TempDir
    Path proc;

    private ProcFiles with(String file, String content) throws IOException {
        Path path = proc.resolve(file);
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        Files.writeString(path, content);
        return new ProcFiles(proc);
    }

    private KernelValues<HostCounter> counters(String file, String content) throws IOException {
        return with("thread-self/net/" + file, content).hostCounters();
    }

    @Test
    void thisHostHasAllCounters() {
        KernelValues<HostCounter> now = ProcFiles.SYSTEM.hostCounters();

        for (HostCounter counter : HostCounter.values()) {
            assertThat(now.get(counter)).as(counter.name()).isPresent();
            assertThat(now.get(counter).orElseThrow()).as(counter.name()).isNotNegative();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "12 (C1 CompilerThre) R 1 1, true",
        "12 (C1 CompilerThre) S 1 1, false",
        "12 (C1 CompilerThre) D 1 1, false",
        "12 (pitot-client) R 1 1, false",
        "'', false",
    })
    void aThreadOfThatNameIsRunnableOrNot(String stat, boolean isRunnable) throws IOException {
        assertThat(with("self/task/12/stat", stat).hasRunnableThread("C1 Compiler"))
                .isEqualTo(isRunnable);
    }

    @Test
    void withoutProcNoThreadIsRunnable() {
        assertThat(new ProcFiles(proc.resolve("none")).hasRunnableThread("")).isFalse();
    }

    @Test
    @Timeout(60)
    void aSpinningThreadRunsOrWaitsAndASleepingOneDoesNot() throws InterruptedException {
        var family = new LinuxFamily();
        var done = new AtomicBoolean();
        var stop = new CountDownLatch(1);
        var started = new CountDownLatch(2);
        var spinning = new AtomicLong();
        var sleeping = new AtomicLong();
        Thread spinner = Thread.ofPlatform().start(() -> {
            spinning.set(family.threadId());
            started.countDown();
            while (!done.get()) {
                Thread.onSpinWait();
            }
        });
        Thread sleeper = Thread.ofPlatform().start(() -> {
            sleeping.set(family.threadId());
            started.countDown();
            try {
                stop.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        started.await();
        ThreadTimes spinBegin = Objects.requireNonNull(family.threadTimes(spinning.get()));
        ThreadTimes sleepBegin = Objects.requireNonNull(family.threadTimes(sleeping.get()));

        ThreadTimes spun = times(family, spinning, spinBegin);
        while (spun.runningNanos() < 50 * MILLI) {
            spun = times(family, spinning, spinBegin);
        }
        ThreadTimes slept = times(family, sleeping, sleepBegin);

        assertThat(slept.runningNanos() + slept.waitingNanos()).isLessThan(spun.runningNanos());
        done.set(true);
        stop.countDown();
        spinner.join();
        sleeper.join();
        while (family.threadTimes(spinning.get()) != null) { // the kernel's thread ends a little later than Java's
            Thread.onSpinWait();
        }
    }

    private static ThreadTimes times(LinuxFamily family, AtomicLong thread, ThreadTimes begin) {
        return Objects.requireNonNull(family.threadTimes(thread.get())).since(begin);
    }

    @Test
    void threadsThatDoNotExistHaveNoTimes() {
        assertThat(ProcFiles.SYSTEM.threadTimes(0)).isNull();
        assertThat(ProcFiles.SYSTEM.threadTimes(-1)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "12", "12 \n", "a b c", "12 99999999999999999999 1", "\0\0\0"})
    void timesOfAnotherFormAreUnknown(String content) throws IOException {
        assertThat(with("self/task/7/schedstat", content).threadTimes(7)).isNull();
    }

    @Test
    void timesAreTheFirstTwoNumbers() throws IOException {
        ThreadTimes times = Objects.requireNonNull(
                with("self/task/7/schedstat", "12 34 56\n").threadTimes(7));

        assertThat(times.runningNanos()).isEqualTo(12);
        assertThat(times.waitingNanos()).isEqualTo(34);
    }

    @Test
    void withoutFilesNothingIsKnown() {
        KernelValues<HostCounter> counters = new ProcFiles(proc).hostCounters();

        for (HostCounter counter : HostCounter.values()) {
            assertThat(counters.get(counter)).as(counter.name()).isEmpty();
        }
    }

    @Test
    void columnsAreFoundByTheirNames() throws IOException {
        String text = """
                Ip: RcvbufErrors
                Ip: 1
                Udp: InDatagrams SndbufErrors RcvbufErrors
                Udp: 5 6 7
                """;

        assertThat(counters("snmp", text).get(HostCounter.UDP_RECEIVE_BUFFER_ERRORS))
                .hasValue(7);
        assertThat(counters("snmp", text).get(HostCounter.UDP_SEND_BUFFER_ERRORS))
                .hasValue(6);
    }

    @Test
    void bothVersionsOfIpCount() throws IOException {
        counters("snmp", "Udp: RcvbufErrors\nUdp: 7\n");

        assertThat(counters("snmp6", "Ip6InReceives  1\nUdp6RcvbufErrors  \t3\n")
                        .get(HostCounter.UDP_RECEIVE_BUFFER_ERRORS))
                .hasValue(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Udp:",
                "Udp: RcvbufErrors\n",
                "Udp: InDatagrams RcvbufErrors\nUdp: 1\n",
                "Udp: RcvbufErrors\nUdp: many\n",
                "Udp: RcvbufErrors\nUdp: 18446744073709551615\n",
                "Udp: Other\nUdp: 1\n"
            })
    void aColumnThatIsNotThereIsUnknown(String text) throws IOException {
        assertThat(counters("snmp", text).get(HostCounter.UDP_RECEIVE_BUFFER_ERRORS))
                .isEmpty();
    }

    @Test
    void processorsAndDevicesAreSummed() throws IOException {
        assertThat(counters("softnet_stat", "0000000a 00000010 00000002\nffffffff 00000001 00000003 0\n\n")
                        .get(HostCounter.SOFTNET_DROPPED))
                .hasValue(17);

        String devices = """
                Inter-|   Receive                                                |  Transmit
                 face |bytes    packets errs drop fifo frame compressed multicast|bytes packets errs drop fifo colls
                    lo: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16
                  eth0:1 2 3 5 5 6 7 8 9 10 11 13 13 14 15 16
                  odd0: 1 2 3
                """;
        assertThat(counters("dev", devices).get(HostCounter.INTERFACE_RECEIVE_DROPS))
                .hasValue(9);
        assertThat(counters("dev", devices).get(HostCounter.INTERFACE_SEND_DROPS))
                .hasValue(25);
    }
}
