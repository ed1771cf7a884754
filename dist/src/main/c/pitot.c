/*
 * Starts Pitot: the program that a package has as bin/pitot. It finds the files beside itself, through symbolic links,
 * and becomes the JVM. What it does is what the script ./pitot of a checkout does, without the cost of a shell.
 *
 * PITOT_JAVA_OPTS   further options for the JVM, after Pitot's own, separated by blanks
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>

static const char *program = "pitot"; /* what errors begin with */

/* Ends the program with one sentence. */
__attribute__((noreturn, format(printf, 1, 2))) static void refuse(const char *format, ...) {
    va_list words;
    va_start(words, format);
    fprintf(stderr, "%s: ", program);
    vfprintf(stderr, format, words);
    fputc('\n', stderr);
    va_end(words);
    exit(1);
}

/* Returns memory, or ends the program. */
static void *owned(void *memory) {
    if (memory == NULL) {
        refuse("there is not enough memory to start.");
    }
    return memory;
}

/* Returns a text of its own. */
__attribute__((format(printf, 1, 2))) static char *text(const char *format, ...) {
    char *result = NULL;
    va_list values;
    va_start(values, format);
    if (vasprintf(&result, format, values) < 0) {
        result = NULL;
    }
    va_end(values);
    return owned(result);
}

/* Returns the path of this program's file, or NULL. */
static char *own_path(void) {
    for (size_t size = 256;; size *= 2) {
        char *path = owned(malloc(size));
        ssize_t length = readlink("/proc/self/exe", path, size);
        if (length < 0) { /* no proc(5) */
            free(path);
            return realpath((const char *) getauxval(AT_EXECFN), NULL);
        }
        if ((size_t) length < size) {
            path[length] = '\0';
            return path;
        }
        free(path);
    }
}

/* Says whether a text is UTF-8, as RFC 3629 defines it. */
static int is_utf8(const char *text) {
    const unsigned char *at = (const unsigned char *) text;
    while (*at != 0) {
        int more = *at < 0x80 ? 0 : *at >= 0xC2 && *at < 0xE0 ? 1 : *at >= 0xE0 && *at < 0xF0 ? 2 : 3;
        if (more == 3 && (*at < 0xF0 || *at > 0xF4)) {
            return 0;
        }
        unsigned least = *at == 0xE0 ? 0xA0 : *at == 0xF0 ? 0x90 : 0x80;
        unsigned most = *at == 0xED ? 0x9F : *at == 0xF4 ? 0x8F : 0xBF;
        for (at++; more > 0; more--, at++) {
            if (*at < least || *at > most) {
                return 0;
            }
            least = 0x80;
            most = 0xBF;
        }
    }
    return 1;
}

/* Returns the directory of the program, lib/pitot, in which this file lies. */
static char *home(void) {
    char *path = own_path();
    char *slash = path == NULL ? NULL : strrchr(path, '/');
    if (slash == NULL) {
        refuse("cannot find its own directory: mount /proc.");
    }
    *slash = '\0';
    if (strchr(path, ':') != NULL) {
        refuse("Java cannot load a program from a path with a colon in it: move %s elsewhere.", path);
    }
    if (!is_utf8(path)) {
        refuse("Java cannot load a program from a path that is not UTF-8: move %s elsewhere.", path);
    }
    return path;
}

static int is_jar(const struct dirent *entry) {
    size_t length = strlen(entry->d_name);
    return length > 4 && strcmp(entry->d_name + length - 4, ".jar") == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* Returns the class path: all jars by name, which is the order that the AOT cache was made with. */
static char *class_path(const char *home) {
    char *folder = text("%s/app", home);
    struct dirent **jars;
    int count = scandir(folder, &jars, is_jar, by_name);
    if (count <= 0) {
        refuse("the program's files are missing in %s: install Pitot again.", folder);
    }
    char *path = text("%s/%s", folder, jars[0]->d_name);
    for (int i = 1; i < count; i++) {
        path = text("%s:%s/%s", path, folder, jars[i]->d_name);
    }
    return path;
}

/*
 * The JVM reads arguments, variables and names of files in the locale's character set, and in C and POSIX that has
 * ASCII only. Programs that Pitot starts get the locale that was found.
 */
static void set_locale(void) {
    const char *found = getenv("LC_ALL");
    if (found != NULL && strcmp(found, "C.UTF-8") == 0) {
        return;
    }
    if (setenv("PITOT_LC_ALL", found == NULL ? "" : found, 1) != 0 || setenv("LC_ALL", "C.UTF-8", 1) != 0) {
        owned(NULL);
    }
}

/* Whether an argument is there, with another after it unless that is null. */
static int has(char **argv, const char *word, const char *next) {
    for (char **at = argv; *at != NULL; at++) {
        if (strcmp(*at, word) == 0 && (next == NULL || (at[1] != NULL && strcmp(at[1], next) == 0))) {
            return 1;
        }
    }
    return 0;
}

/*
 * A client that sends datagrams as fast as possible: headers are most of the work, so the JVM's second compiler pays,
 * which costs the first second of other tests processor time (docs/design.md). The checkout's script has the same rule.
 */
static int sends_datagrams_unlimited(char **argv) {
    return (has(argv, "-u", NULL) || has(argv, "--udp", NULL)) &&
           (has(argv, "-b", "0") || has(argv, "-b0", NULL) || has(argv, "--bitrate", "0") ||
            has(argv, "--bitrate=0", NULL)) &&
           !has(argv, "-R", NULL) && !has(argv, "--reverse", NULL);
}

int main(int argc, char **argv) {
    const char *called = argc > 0 ? argv[0] : "";
    const char *slash = strrchr(called, '/');
    if (strcmp(slash == NULL ? called : slash + 1, "iperf3") == 0) {
        program = "iperf3";
    }

    char *lib = home();
    char *java = text("%s/runtime/bin/java", lib);
    char *cache = text("%s/pitot.aot", lib);
    const char *options = getenv("PITOT_JAVA_OPTS");
    char *more = owned(strdup(options == NULL ? "" : options));

    char **command = owned(calloc((size_t) argc + strlen(more) + 9, sizeof *command));
    int words = 0;
    command[words++] = java;
    command[words++] = text("@%s/jvm-options", lib);
    command[words++] = text("-Dpitot.name=%s", program);
    if (argc > 0 && sends_datagrams_unlimited(argv + 1)) {
        command[words++] = "-XX:TieredStopAtLevel=4";
    }
    if (access(cache, R_OK) == 0) {
        command[words++] = text("-XX:AOTCache=%s", cache);
    }
    for (char *word = strtok(more, " \t\n"); word != NULL; word = strtok(NULL, " \t\n")) {
        command[words++] = word;
    }
    command[words++] = "-cp";
    command[words++] = class_path(lib);
    command[words++] = "dev.pitot.cli.Main";
    for (int i = 1; i < argc; i++) {
        command[words++] = argv[i];
    }

    set_locale();
    /* Options for every Java of a machine would make this one refuse to start, or print that it found them. */
    unsetenv("JDK_JAVA_OPTIONS");
    unsetenv("JAVA_TOOL_OPTIONS");
    unsetenv("_JAVA_OPTIONS");
    /* A shell starts background jobs of a script with SIGINT ignored; the JVM honours that and iperf3 does not. SIGHUP
     * stays ignored under nohup. */
    signal(SIGINT, SIG_DFL);
    execv(java, command);
    refuse("cannot start %s: %s.", java, strerror(errno));
}
