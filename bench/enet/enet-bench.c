/* ENet's figures over loopback, to compare Pitot's with. One program, two roles:
 *
 *     enet-bench serve PORT
 *     enet-bench echo HOST PORT MESSAGES BYTES     round trips of reliable messages, one at a time
 *     enet-bench flood HOST PORT MESSAGES BYTES WINDOW   reliable messages one way, at most WINDOW unconfirmed
 *
 * Both ends spin: enet_host_service never waits. The server sends back what comes on channel 0 and only takes what comes on
 * channel 1. A message of a flood is confirmed when ENet has its acknowledgement and lets go of it; the end is when all are.
 * A tenth more than what was asked for is warm-up that is not in the figures. Prints one line:
 *
 *     enet echo bytes=64 messages=… p50_ns=… p90_ns=… p99_ns=… p999_ns=… max_ns=…
 *     enet flood bytes=64 window=64 messages=… seconds=… messages_per_second=…
 */
#include <enet/enet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ECHO = 0, FLOOD = 1, CHANNELS = 2, PATIENCE_SECONDS = 30, MAX_BYTES = 65536 };

static uint64_t now_ns(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static void die(const char *what) {
    fprintf(stderr, "enet-bench: %s\n", what);
    exit(1);
}

static long number(const char *text, long least, long most) {
    char *end;
    long value = strtol(text, &end, 10);
    if (*end != 0 || value < least || value > most) {
        fprintf(stderr, "enet-bench: %s is not a number from %ld to %ld\n", text, least, most);
        exit(1);
    }
    return value;
}

static ENetPacket *send_reliable(ENetPeer *peer, int channel, const void *bytes, size_t length) {
    ENetPacket *packet = enet_packet_create(bytes, length, ENET_PACKET_FLAG_RELIABLE);
    if (packet == NULL || enet_peer_send(peer, (enet_uint8)channel, packet) < 0) {
        die("a message could not be sent");
    }
    return packet;
}

/* Serves one client, then ends. */
static int serve(int port) {
    ENetAddress address = {.host = ENET_HOST_ANY, .port = (enet_uint16)port};
    ENetHost *host = enet_host_create(&address, 1, CHANNELS, 0, 0);
    if (host == NULL) {
        die("the port cannot be had");
    }
    for (;;) {
        ENetEvent event;
        if (enet_host_service(host, &event, 0) <= 0) {
            continue;
        }
        switch (event.type) {
            case ENET_EVENT_TYPE_RECEIVE:
                if (event.channelID == ECHO) {
                    send_reliable(event.peer, ECHO, event.packet->data, event.packet->dataLength);
                    enet_host_flush(host);
                }
                enet_packet_destroy(event.packet);
                break;
            case ENET_EVENT_TYPE_DISCONNECT:
                enet_host_destroy(host);
                return 0;
            default:
                break;
        }
    }
}

static ENetHost *client_host;

static ENetPeer *connect_to(const char *name, int port) {
    ENetAddress address;
    client_host = enet_host_create(NULL, 1, CHANNELS, 0, 0);
    if (client_host == NULL || enet_address_set_host(&address, name) < 0) {
        die("the host is not known");
    }
    address.port = (enet_uint16)port;
    ENetPeer *peer = enet_host_connect(client_host, &address, CHANNELS, 0);
    ENetEvent event;
    if (peer == NULL || enet_host_service(client_host, &event, 5000) <= 0 || event.type != ENET_EVENT_TYPE_CONNECT) {
        die("no answer from the server for 5 s");
    }
    return peer;
}

static void leave(ENetPeer *peer) {
    ENetEvent event;
    enet_peer_disconnect(peer, 0);
    while (enet_host_service(client_host, &event, 1000) > 0 && event.type != ENET_EVENT_TYPE_DISCONNECT) {
        if (event.type == ENET_EVENT_TYPE_RECEIVE) {
            enet_packet_destroy(event.packet);
        }
    }
    enet_host_destroy(client_host);
}

/* Spins until a message comes. */
static ENetPacket *take(void) {
    uint64_t limit = now_ns() + PATIENCE_SECONDS * 1000000000ull;
    ENetEvent event;
    for (;;) {
        if (enet_host_service(client_host, &event, 0) > 0) {
            if (event.type == ENET_EVENT_TYPE_RECEIVE) {
                return event.packet;
            }
            die("the server is gone");
        }
        if (now_ns() > limit) {
            die("nothing came for 30 s");
        }
    }
}

static int by_size(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static unsigned long long quantile(const uint64_t *sorted, long count, double share) {
    long index = (long)(share * (double)count);
    return sorted[index < count ? index : count - 1];
}

static int echo(ENetPeer *peer, long messages, long bytes) {
    static char payload[MAX_BYTES];
    long warm_up = messages / 10;
    uint64_t *times = malloc((size_t)messages * sizeof *times);
    if (times == NULL) {
        die("no memory");
    }
    for (long i = -warm_up; i < messages; i++) {
        uint64_t begin = now_ns();
        send_reliable(peer, ECHO, payload, (size_t)bytes);
        enet_host_flush(client_host);
        enet_packet_destroy(take());
        if (i >= 0) {
            times[i] = now_ns() - begin;
        }
    }
    qsort(times, (size_t)messages, sizeof *times, by_size);
    printf("enet echo bytes=%ld messages=%ld p50_ns=%llu p90_ns=%llu p99_ns=%llu p999_ns=%llu max_ns=%llu\n", bytes, messages,
           quantile(times, messages, 0.5), quantile(times, messages, 0.9), quantile(times, messages, 0.99),
           quantile(times, messages, 0.999), quantile(times, messages, 1));
    free(times);
    return 0;
}

static long confirmed;

static void confirm(ENetPacket *packet) {
    (void)packet;
    confirmed++;
}

static int flood(ENetPeer *peer, long messages, long bytes, long window) {
    static char payload[MAX_BYTES];
    long warm_up = messages / 10, all = warm_up + messages, sent = 0;
    uint64_t begin = now_ns(), last = begin;
    while (confirmed < all) {
        for (; sent < all && sent - confirmed < window; sent++) {
            send_reliable(peer, FLOOD, payload, (size_t)bytes)->freeCallback = confirm;
        }
        long before = confirmed;
        ENetEvent event;
        if (enet_host_service(client_host, &event, 0) > 0) {
            die("the server is gone");
        }
        if (before < warm_up && confirmed >= warm_up) {
            begin = now_ns();
            messages = all - confirmed;
        }
        if (confirmed > before) {
            last = now_ns();
        } else if (now_ns() - last > PATIENCE_SECONDS * 1000000000ull) {
            die("nothing was confirmed for 30 s");
        }
    }
    double seconds = (double)(now_ns() - begin) / 1e9;
    printf("enet flood bytes=%ld window=%ld messages=%ld seconds=%.6f messages_per_second=%.0f\n", bytes, window, messages,
           seconds, (double)messages / seconds);
    return 0;
}

int main(int argc, char **argv) {
    if (enet_initialize() != 0) {
        die("ENet cannot be initialised");
    }
    atexit(enet_deinitialize);
    if (argc == 3 && strcmp(argv[1], "serve") == 0) {
        return serve((int)number(argv[2], 1, 65535));
    }
    int is_echo = argc == 6 && strcmp(argv[1], "echo") == 0;
    int is_flood = argc == 7 && strcmp(argv[1], "flood") == 0;
    if (!is_echo && !is_flood) {
        fprintf(stderr, "usage: enet-bench serve PORT | echo HOST PORT MESSAGES BYTES | flood HOST PORT MESSAGES BYTES WINDOW\n");
        return 2;
    }
    long messages = number(argv[4], 1, 100000000), bytes = number(argv[5], 4, MAX_BYTES);
    long window = is_flood ? number(argv[6], 1, 65536) : 0;
    ENetPeer *peer = connect_to(argv[2], (int)number(argv[3], 1, 65535));
    int result = is_echo ? echo(peer, messages, bytes) : flood(peer, messages, bytes, window);
    leave(peer);
    return result;
}
