// The Linux calls that Swift's Glibc module leaves out.
#pragma once
#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

/// accept4(2) with SOCK_NONBLOCK and SOCK_CLOEXEC.
int csockets_accept(int listener, struct sockaddr_storage *peer);

/// A non-blocking, close-on-exec TCP socket.
int csockets_stream_socket(int family);

/// Opens `path` for reading, relative to the folder `root`, never leaving it: `..` and symbolic links that
/// lead outside fail with EXDEV. Where the kernel lacks openat2(2), no symbolic link is followed at all.
int csockets_open_beneath(int root, const char *path);

/// Turns these signals into bytes, each the number of one, to be read from the descriptor that is returned. Whichever
/// thread a signal strikes, it arrives there. Signals are the process's, so there is one such descriptor: a later call
/// takes the place of an earlier. A second SIGTERM or SIGINT ends the process at once with 128 + its number, whatever
/// the process is doing.
int csockets_watch_signals(const int *signals, int count);
