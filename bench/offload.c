/*
 * What the system calls of a UDP test with offload reach without any program around them: one process sends trains of
 * datagrams (UDP_SEGMENT), another receives them coalesced (UDP_GRO), over loopback. Headers are written and read as
 * iperf3's are: seconds, microseconds, number. Built and run by bench/compare.
 *
 *     cc -O2 -o offload bench/offload.c && ./offload DATAGRAM_BYTES SECONDS
 *
 * Prints thousand datagrams per second that were delivered, and the percentage that was lost.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#define UDP_GRO 104
#endif
#define SOL_UDP 17
#define LONGEST 65507
#define MOST 128

static char block[LONGEST + 28];

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void must(int result, const char *what) {
    if (result < 0) {
        perror(what);
        exit(1);
    }
}

static uint64_t receive(int fd, int bytes) {
    uint64_t count = 0, highest = 0;
    for (;;) {
        ssize_t n = recv(fd, block, sizeof block, 0);
        if (n <= 4) {
            return count;
        }
        for (ssize_t at = 0; at + 12 <= n; at += bytes) {
            uint32_t header[3];
            memcpy(header, block + at, sizeof header);
            uint32_t number = ntohl(header[2]);
            highest = number > highest ? number : highest;
            count++;
        }
    }
}

static uint64_t send_for(int fd, int bytes, double seconds) {
    uint64_t number = 0;
    int together = LONGEST / bytes < MOST ? LONGEST / bytes : MOST;
    double end = now() + seconds;
    for (double at = now(); at < end; at = now()) {
        uint32_t header[3] = {htonl((uint32_t) at), htonl((uint32_t) ((at - (uint32_t) at) * 1e6)), 0};
        for (int i = 0; i < together; i++) {
            header[2] = htonl((uint32_t) ++number);
            memcpy(block + i * bytes, header, sizeof header);
        }
        if (send(fd, block, together * bytes, 0) < 0) {
            number -= together;
        }
    }
    return number;
}

int main(int argc, char **argv) {
    int bytes = argc > 1 ? atoi(argv[1]) : 1460, one = 1, buffer = 4 << 20, result[2];
    double seconds = argc > 2 ? atof(argv[2]) : 3;
    if (bytes < 12 || bytes > LONGEST || seconds <= 0 || seconds > 60) {
        fprintf(stderr, "usage: offload DATAGRAM_BYTES SECONDS\n");
        return 2;
    }
    int in = socket(AF_INET, SOCK_DGRAM, 0), out = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof here;
    must(in, "socket");
    must(out, "socket");
    setsockopt(in, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
    must(setsockopt(in, SOL_UDP, UDP_GRO, &one, sizeof one), "UDP_GRO");
    must(setsockopt(out, SOL_UDP, UDP_SEGMENT, &bytes, sizeof bytes), "UDP_SEGMENT");
    must(bind(in, (struct sockaddr *) &here, length), "bind");
    must(getsockname(in, (struct sockaddr *) &here, &length), "getsockname");
    must(connect(out, (struct sockaddr *) &here, length), "connect");
    must(pipe(result), "pipe");
    pid_t receiver = fork();
    must(receiver, "fork");
    if (receiver == 0) {
        alarm((unsigned) seconds + 10);
        uint64_t count = receive(in, bytes);
        return write(result[1], &count, sizeof count) == sizeof count ? 0 : 1;
    }
    uint64_t sent = send_for(out, bytes, seconds), delivered = 0;
    for (int i = 0; i < 50 && waitpid(receiver, NULL, WNOHANG) == 0; i++) {
        send(out, "end", 3, 0); /* may be lost like any datagram */
        usleep(20000);
    }
    kill(receiver, SIGKILL);
    close(result[1]);
    if (read(result[0], &delivered, sizeof delivered) != sizeof delivered) {
        fprintf(stderr, "offload: the receiver did not end\n");
        return 1;
    }
    printf("%.3f %.3f\n", delivered / seconds / 1000, 100.0 * (sent - delivered) / sent);
    return 0;
}
