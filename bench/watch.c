/* SPDX-License-Identifier: Apache-2.0 */
#include "watch.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static long count_entries(long pid, const char *folder)
{
	char path[64];
	struct dirent *e;
	long n = 0;
	DIR *d;

	snprintf(path, sizeof(path), "/proc/%ld/%s", pid, folder);
	d = opendir(path);
	while (d && (e = readdir(d)))
		n += e->d_name[0] != '.';
	if (d)
		closedir(d);
	return n;
}

static bool read_memory(long pid, struct watch *w)
{
	static const char form[] = "%63s %ld";
	char path[64], line[200], name[64];
	long kb;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%ld/smaps_rollup", pid);
	f = fopen(path, "r");
	if (!f)
		return false;
	while (fgets(line, sizeof(line), f)) {
		if (sscanf(line, form, name, &kb) != 2)
			continue;
		if (strcmp(name, "Rss:") == 0)
			w->held[WATCH_RSS_KB] = kb;
		else if (strcmp(name, "Pss:") == 0)
			w->held[WATCH_PSS_KB] = kb;
		else if (strcmp(name, "Anonymous:") == 0)
			w->held[WATCH_OWN_KB] = kb;
	}
	fclose(f);
	return w->held[WATCH_RSS_KB] > 0;
}

static bool read_cpu(long pid, struct watch *w)
{
	char path[64], line[1000];
	unsigned long user, system;
	const char *s;
	bool ok;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%ld/stat", pid);
	f = fopen(path, "r");
	if (!f)
		return false;
	s = fgets(line, sizeof(line), f) ? strrchr(line, ')') : NULL;
	ok = s && sscanf(s + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) == 2;
	fclose(f);
	if (ok)
		w->cpu_s = (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
	return ok;
}

bool watch_read(long pid, struct watch *ret)
{
	*ret = (struct watch){ 0 };
	ret->held[WATCH_FILES] = count_entries(pid, "fd");
	ret->held[WATCH_THREADS] = count_entries(pid, "task");
	return read_memory(pid, ret) && read_cpu(pid, ret);
}
