#include "CSockets.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int csockets_accept(int listener, struct sockaddr_storage *peer) {
    socklen_t length = sizeof *peer;
    return accept4(listener, (struct sockaddr *)peer, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int csockets_stream_socket(int family) {
    return socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP);
}

enum { flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY };

/// Walks one component at a time, so that a symbolic link anywhere on the way is refused.
static int open_without_links(int root, const char *path) {
    char component[256];
    int folder = root;
    for (;;) {
        const char *slash = strchr(path, '/');
        size_t length = slash ? (size_t)(slash - path) : strlen(path);
        if (length >= sizeof component) { errno = ENAMETOOLONG; length = 0; }
        memcpy(component, path, length);
        component[length] = 0;
        int next = -1;
        if (length == 0 && slash) errno = ENOENT;
        else if (!strcmp(component, "..")) errno = EXDEV;
        else next = openat(folder, length ? component : ".", flags | O_NOFOLLOW | (slash ? O_DIRECTORY : 0));
        int failure = errno;
        if (folder != root) close(folder);
        if (next < 0) { errno = failure; return -1; }
        if (!slash) return next;
        folder = next;
        path = slash + 1;
    }
}

int csockets_open_beneath(int root, const char *path) {
    struct open_how how = {.flags = flags, .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS};
    int opened = (int)syscall(SYS_openat2, root, path, &how, sizeof how);
    if (opened >= 0 || (errno != ENOSYS && errno != EPERM)) return opened;
    return open_without_links(root, path);
}

static volatile int signal_pipe = -1;
static volatile sig_atomic_t is_ending;

static void note_signal(int number) {
    int saved = errno;
    if (number == SIGTERM || number == SIGINT) {
        if (is_ending) _exit(128 + number);
        is_ending = 1;
    }
    unsigned char byte = (unsigned char)number;
    if (write(signal_pipe, &byte, 1) < 0) { /* The pipe is full: there are signals enough to read. */ }
    errno = saved;
}

int csockets_watch_signals(const int *signals, int count) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0) return -1;
    signal_pipe = ends[1];
    is_ending = 0;
    struct sigaction action = {.sa_handler = note_signal, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < count; i++) sigaction(signals[i], &action, NULL);
    return ends[0];
}
