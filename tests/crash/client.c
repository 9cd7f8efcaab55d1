/* SPDX-License-Identifier: Apache-2.0
 * client - sends reports to a server as fast as it answers, and kills it in the middle.
 *
 * Usage: crash_client PORT THREADS SERVER_PID KILL_AFTER ACK_FILE
 *
 * Every thread posts whole reports (POST /lapor/kirim, JSON) over a kept connection and appends the
 * number of each acknowledged one to ACK_FILE before it sends the next. The thread that sees the
 * KILL_AFTER-th acknowledgement kills the server with SIGKILL, while the other threads' requests are
 * under way. What stands in ACK_FILE was promised to a citizen, so it must be in the database.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

struct run {
	int port, ack_fd;
	pid_t server;
	long kill_after;
	atomic_long acked, unexpected;
};

struct sender {
	struct run *run;
	pthread_t thread;
	int id;
};

static int open_connection(int port)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct timeval limit = { .tv_sec = 20 };
	int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static int send_report(int fd, int thread, long n)
{
	char body[512], request[1024];
	int b, r;

	b = snprintf(body, sizeof(body),
		     "jenis=pengaduan&sifat=anonim&judul=Lampu+jalan+mati+nomor+%d-%ld"
		     "&isi=Lampu+di+tiang+%ld+padam+sejak+kemarin+malam,+mohon+diperbaiki."
		     "&kunci_idempotensi=crash-%d-%d-%ld",
		     thread, n, n, (int)getpid(), thread, n);
	r = snprintf(request, sizeof(request),
		     "POST /lapor/kirim HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
		     "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s",
		     b, body);
	return send(fd, request, (size_t)r, MSG_NOSIGNAL) == r ? 0 : -1;
}

/* Reads one response whole; the status, or -1 when the connection ended first. */
static int read_response(int fd, char *buf, size_t size)
{
	size_t have = 0, need = 0;

	for (;;) {
		ssize_t n = recv(fd, buf + have, size - 1 - have, 0);
		char *end, *length;

		if (n <= 0)
			return -1;
		have += (size_t)n;
		buf[have] = '\0';
		end = strstr(buf, "\r\n\r\n");
		if (!end)
			continue;
		length = strcasestr(buf, "\r\nContent-Length:");
		need = (size_t)(end + 4 - buf) + (length ? strtoul(length + 17, NULL, 10) : 0);
		if (have >= need)
			return (int)strtol(buf + 9, NULL, 10);
		if (need > size - 1)
			return -1;
	}
}

/* Appends the number in {"nomor":"...", ...} and kills the server when its time has come. */
static void note_acknowledged(struct run *run, const char *response)
{
	const char *p = strstr(response, "\"nomor\"");
	char line[64];
	int n;

	p = p ? strchr(p + 7, '"') : NULL;
	if (!p) {
		atomic_fetch_add(&run->unexpected, 1);
		return;
	}
	n = snprintf(line, sizeof(line), "%.*s\n", (int)strcspn(p + 1, "\""), p + 1);
	if (write(run->ack_fd, line, (size_t)n) != n)
		exit(2);
	if (atomic_fetch_add(&run->acked, 1) + 1 == run->kill_after)
		kill(run->server, SIGKILL);
}

static void *send_until_dead(void *arg)
{
	struct sender *s = arg;
	char buf[16384];
	int fd = open_connection(s->run->port);

	for (long n = 0; fd >= 0; n++) {
		int status;

		if (send_report(fd, s->id, n) != 0)
			break;
		status = read_response(fd, buf, sizeof(buf));
		if (status < 0)
			break;
		if (status == 201) {
			note_acknowledged(s->run, buf);
		} else if (atomic_fetch_add(&s->run->unexpected, 1) == 0) {
			fprintf(stderr, "unexpected answer: %.200s\n", buf);
		}
	}
	if (fd >= 0)
		close(fd);
	return NULL;
}

int main(int argc, char **argv)
{
	struct run run = { 0 };
	struct sender senders[64];
	int threads;

	if (argc != 6) {
		fprintf(stderr, "usage: crash_client PORT THREADS SERVER_PID KILL_AFTER ACK_FILE\n");
		return 2;
	}
	run.port = (int)strtol(argv[1], NULL, 10);
	threads = (int)strtol(argv[2], NULL, 10);
	run.server = (pid_t)strtol(argv[3], NULL, 10);
	run.kill_after = strtol(argv[4], NULL, 10);
	run.ack_fd = open(argv[5], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (run.ack_fd < 0 || threads < 1 || threads > 64)
		return 2;
	for (int i = 0; i < threads; i++) {
		senders[i] = (struct sender){ .run = &run, .id = i };
		pthread_create(&senders[i].thread, NULL, send_until_dead, &senders[i]);
	}
	for (int i = 0; i < threads; i++)
		pthread_join(senders[i].thread, NULL);
	printf("%ld acknowledged, %ld unexpected\n", atomic_load(&run.acked), atomic_load(&run.unexpected));
	return atomic_load(&run.acked) >= run.kill_after && atomic_load(&run.unexpected) == 0 ? 0 : 1;
}
