#!/bin/bash
# What can be checked without compiling: layers, names, sizes, banned calls, foreign headers, leftovers.
# Usage: tools/check-source.sh      prints "ok - ..." or "not ok - ..." per rule, offences before it
#
# CHECK_ROOT: another tree than this one (the tests of the checker itself use it).
# One rule is one function: it prints an offence per line and nothing when all is well. Exceptions stand in
# the tables of this file, each with its reason. Objects are looked at when a build exists; none is made.
set -u
export LC_ALL=C
tools=$(cd "$(dirname "$0")" && pwd)/check
strip=$tools/strip.awk
cd "${CHECK_ROOT:-$(dirname "$0")/..}" || exit 2
passed=0 failed=0
tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT

git ls-files --cached --others --exclude-standard 2>/dev/null | while read -r f; do [ -f "$f" ] && echo "$f"; done >"$tmp/all"
[ -s "$tmp/all" ] || find . -type f ! -path './build*' ! -path './.git/*' | sed 's,^\./,,' >"$tmp/all"
grep -E '^(src|tools)/.*\.[ch]$' "$tmp/all" >"$tmp/code"
grep -E '^(src|tools|tests|bench)/.*\.[ch]$' "$tmp/all" >"$tmp/code_and_tests"
xargs awk -f "$strip" <"$tmp/code" >"$tmp/stripped"
xargs ctags -f - --sort=no --languages=C --langmap=C:.c.h --kinds-C=f --fields=+neS <"$tmp/code" 2>/dev/null >"$tmp/functions"

rule() {
	local name=$1 n
	shift
	"$@" >"$tmp/offences" 2>&1
	n=$(wc -l <"$tmp/offences")
	if [ "$n" -eq 0 ]; then
		echo "ok - $name"
		passed=$((passed + 1))
	else
		sed 's/^/# /' "$tmp/offences" | head -n 60
		echo "not ok - $name: $n"
		failed=$((failed + 1))
	fi
}

# ---- include direction: layer, then what it may include. "store:db.h" allows one header of a layer.
layers() {
	awk -F'\t' '
	BEGIN {
		may["base"] = "base"
		may["core"] = "base core"
		may["store"] = "base core store query schema"
		may["app"] = "base core store app query"
		may["i18n"] = "base core i18n messages"
		may["view"] = "base core i18n view messages tmpl assets"
		may["channel"] = "base channel"
		may["stats"] = "base core app i18n view stats messages tmpl query store:db.h"
		may["job"] = "base core app i18n view channel job messages tmpl query store:db.h store:writer.h"
		may["api"] = "base core app i18n view api messages query store:db.h"
		may["web"] = "base core app i18n view web api messages tmpl assets query store:db.h store:writer.h"
	}
	$3 ~ /^[ ]*#[ ]*include[ ]*"/ && $1 ~ /^src\// {
		split($1, path, "/"); from = path[2]
		if (from == "cmd") next
		what = $3; sub(/^[^"]*"/, "", what); sub(/".*/, "", what)
		to = what; header = what
		if (what ~ /\//) { sub(/\/.*/, "", to); sub(/^[^\/]*\//, "", header) }
		else { sub(/\.h$/, "", to); sub(/_.*/, "", to) }
		if (!(from in may)) { print $1 ":" $2 ": unknown layer " from; next }
		if (index(" " may[from] " ", " " to " ")) next
		if (index(" " may[from] " ", " " to ":" header " ")) next
		print $1 ":" $2 ": " from " must not include " what
	}' "$tmp/stripped"
}

# ---- pages read: no statement that writes is called from web or view (GET runs on a connection that cannot).
web_reads() {
	awk '/^-- name:/ { name = $3; want = 1; next }
		want && /^[ \t]*(INSERT|UPDATE|DELETE|REPLACE)/ { print name; want = 0 }
		want && /^[ \t]*(SELECT|WITH|VALUES)/ { want = 0 }' src/store/queries/*.sql 2>/dev/null >"$tmp/writing"
	awk -F'\t' 'NR == FNR { writes["q_" $1] = 1; next }
		$1 ~ /^src\/(web|view|api|stats)\// {
			line = $3
			while (match(line, /q_[a-z0-9_]+[ ]*\(/)) {
				name = substr(line, RSTART, RLENGTH); sub(/[ ]*\($/, "", name)
				if (name in writes) print $1 ":" $2 ": " name " writes; writing is the business of app"
				line = substr(line, RSTART + RLENGTH)
			}
		}' "$tmp/writing" "$tmp/stripped"
}

# ---- exported symbols begin with the name of their file or its first words (db_sqlite.c: db_), or with the name of
# the header beside it that declares them (change_reasons.c: act_reasons of act.h). A line of the table: file, other
# prefixes, reason. Handlers are named by routes.def.
prefixes() {
	cat >"$tmp/prefixes" <<'TABLE'
src/base/day.c	instant zone	an instant is the moment of a day in a zone; they are one subject
src/base/err.c	rc bug	the codes and the abort belong to the errors
src/core/report.c	kind class visibility closer channel clock_kind queue level audience role state action	the words of each vocabulary
src/app/submit_check.c	field_problem	what is wrong with a field of a submitted report
src/store/db.c	txn	a transaction of a database
src/job/runner.c	job	the runner runs the jobs
src/cmd/main.c	main	the program
TABLE
	grep -E '^src/.*\.h$' "$tmp/code" | xargs awk '{
		line = $0; stem = FILENAME; sub(/\.h$/, "", stem)
		while (match(line, /[a-z][a-z0-9_]*\(/)) {
			print stem "\t" substr(line, RSTART, RLENGTH - 1); line = substr(line, RSTART + RLENGTH) }
	}' >"$tmp/declared"
	cat src/web/routes.def src/web/public_routes.def 2>/dev/null | grep -E '^[A-Z]*ROUTE\(' |
		awk -F'[(,]' '{ for (i = 2; i <= NF; i++) { gsub(/[ \t]/, "", $i); if ($i ~ /^[a-z][a-z0-9_]*$/) print $i } }' >"$tmp/routed"
	awk -F'\t' -v table="$tmp/prefixes" -v declared="$tmp/declared" -v routed="$tmp/routed" '
	BEGIN {
		while ((getline line < table) > 0) { split(line, f, "\t"); also[f[1]] = f[2] }
		while ((getline line < routed) > 0) handler[line] = 1
		while ((getline line < declared) > 0) {
			split(line, f, "\t"); dir = f[1]; sub(/[^\/]*$/, "", dir); sub(/.*\//, "", f[1])
			header[dir f[2]] = header[dir f[2]] " " f[1]
		}
	}
	{
		static = 0
		for (i = 4; i <= NF; i++) if ($i == "file:") static = 1
		if (static || $2 !~ /^src\/.*\.c$/ || ($1 in handler)) next
		stem = dir = $2; sub(/[^\/]*$/, "", dir); sub(/.*\//, "", stem); sub(/\.c$/, "", stem)
		n = split(also[$2] " " stem " " header[dir $1], prefix, " ")
		for (s = stem; sub(/_[a-z0-9]+$/, "", s);) prefix[++n] = s
		# web: public_track.c may say track_, "public" being the group of pages.
		if (dir ~ /^src\/web\// && sub(/^[a-z]+_/, "", stem))
			for (prefix[++n] = s = stem; sub(/_[a-z0-9]+$/, "", s);) prefix[++n] = s
		for (i = 1; i <= n; i++) if ($1 ~ "^" prefix[i] "s?(_|$)") next
		print $2 ": " $1 " should begin with " stem "_"
	}' "$tmp/functions"
}

# ---- sizes: functions by ctags, files by lines.
function_lines() {
	awk -F'\t' '{
		line = end = 0
		for (i = 4; i <= NF; i++) {
			if ($i ~ /^line:/) line = substr($i, 6)
			if ($i ~ /^end:/) end = substr($i, 5)
		}
		if (end > 0) print end - line + 1 "\t" $2 "\t" $1
	}' "$tmp/functions" | sort -n
}
long_functions() {
	function_lines | awk -F'\t' '$1 > 100 { print $2 ": " $3 " has " $1 " lines, at most 100" }'
}
function_sizes() {
	function_lines | awk -F'\t' '{ n[NR] = $1 } END {
		median = n[int((NR + 1) / 2)]; p90 = n[int((NR * 9 + 9) / 10)]
		if (NR == 0) print "no functions found: is universal-ctags there?"
		if (median > 20) print "median of " NR " functions is " median " lines, at most 20"
		if (p90 > 50) print "nine tenths of " NR " functions have up to " p90 " lines, at most 50"
	}'
}
file_sizes() {
	xargs wc -l <"$tmp/code" | awk '$2 != "total" && $1 > 600 { print $2 " has " $1 " lines, at most 600" }'
}
columns() {
	# A tab is eight columns; a character of several bytes is one.
	xargs awk '{
		line = $0
		gsub(/[\200-\277]/, "", line)
		width = 0
		while ((at = index(line, "\t")) > 0) {
			width += at - 1; width += 8 - width % 8
			line = substr(line, at + 1)
		}
		width += length(line)
		if (width > 132) print FILENAME ":" FNR ": " width " columns, at most 132"
	}' <"$tmp/code"
}

# ---- calls that are not made: the unsafe, those that read the clock or the locale, unseeded randomness.
banned_calls() {
	awk -F'\t' '
	BEGIN {
		n = split("sprintf vsprintf strcpy strncpy stpcpy strcat strncat gets strtok strtok_r atoi atol atoll atof " \
			"alloca system popen time localtime localtime_r gmtime ctime mktime strftime setlocale newlocale " \
			"uselocale rand srand random srandom drand48 tmpnam mktemp", words, " ")
		for (i = 1; i <= n; i++) banned[words[i]] = 1
	}
	{
		line = $3
		while (match(line, /[A-Za-z_][A-Za-z0-9_]*[ ]*\(/)) {
			name = substr(line, RSTART, RLENGTH); sub(/[ ]*\($/, "", name)
			before = RSTART > 1 ? substr(line, RSTART - 1, 1) : ""
			if (name in banned && before != "." && before != ">") print $1 ":" $2 ": " name "()"
			line = substr(line, RSTART + RLENGTH)
		}
	}' "$tmp/stripped"
}

# ---- the machine's clock is read at the edges only: once per request, job or command.
now_at_edges() {
	cat >"$tmp/edges" <<'TABLE'
src/base/day.c	where it is read
src/base/day.h	its contract
src/base/log.c	the time of a log line
src/web/web.c	once per request
src/job/runner.c	once per round
TABLE
	awk -F'\t' 'NR == FNR { edge[$1] = 1; next }
		$3 ~ /(^|[^A-Za-z0-9_])instant_now[ ]*\(/ && !($1 in edge) && $1 !~ /^src\/cmd\// {
			print $1 ":" $2 ": the time is a parameter here (ctx.now)" }' "$tmp/edges" "$tmp/stripped"
}

# ---- core is pure: no files, no clock, no environment, no log, no secrets.
core_is_pure() {
	awk -F'\t' '$1 ~ /^src\/core\// {
		if ($3 ~ /^[ ]*#[ ]*include[ ]*</ && $3 !~ /<(string|stdio|stdlib|stdint|stddef|stdbool|limits|libstemmer)\.h>/) # libstemmer only computes
			print $1 ":" $2 ": " $3
		if ($3 ~ /include[ ]*"base\/(log|rand|config)\.h"/) print $1 ":" $2 ": " $3
		if ($3 ~ /(^|[^A-Za-z0-9_])(f?printf|fopen|fread|fwrite|fputs|puts|getenv|open|read|write|rand_secret)[ ]*\(/)
			print $1 ":" $2 ": input or output in core:" $3
	}' "$tmp/stripped"
}

# ---- foreign headers live in one file each. A line: header, files (a shell pattern), what it is for.
foreign_headers() {
	cat >"$tmp/foreign" <<'TABLE'
sodium.h	src/base/hash.c src/base/password.c tools/gen_assets/*	digests; passwords; hashed asset names
sanitizer/asan_interface.h	src/base/arena.c	poisons freed arena memory in debug builds
sqlite3.h	src/store/db_sqlite.c	the driver
libpq-fe.h	src/store/db_pgsql_session.h	the driver
microhttpd.h	src/web/server.c	the HTTP server
curl/curl.h	src/channel/net.c	mail and HTTP going out
cyaml/cyaml.h	src/app/yamlfile.h	the configuration file and SOPs, by schemas
jansson.h	src/app/json.c	JSON texts
qrencode.h	src/view/qr.c	the QR code
libstemmer.h	src/core/stem.c	stems of Indonesian words
emmintrin.h	src/view/out.c	escaping sixteen bytes at once
magic.h	src/app/*	the type of a file by its content
jpeglib.h	src/app/*	pictures, decoded and written anew
jerror.h	src/app/*	pictures
png.h	src/app/*	pictures
zip.h	src/cmd/*	workbooks
libxml/xmlreader.h	src/cmd/*	workbooks
xlsxwriter.h	src/cmd/*	workbooks
csv.h	src/cmd/*	exports
zlib.h	src/cmd/data.c tools/gen_assets/pack.c	data carried in the binary; compressed assets
brotli/encode.h	tools/gen_assets/pack.c	compressed assets
TABLE
	cat >"$tmp/standard" <<'TABLE'
assert ctype errno float inttypes limits locale math setjmp signal stdalign stdarg stdatomic stdbool stddef stdint
stdio stdlib string time wchar threads
dirent endian fcntl getopt glob grp libgen netdb poll pthread pwd sched semaphore spawn strings syslog termios unistd
arpa/inet net/if netinet/in netinet/tcp sys/epoll sys/eventfd sys/file sys/mman sys/random sys/resource sys/select
sys/socket sys/stat sys/statvfs sys/syscall sys/time sys/types sys/uio sys/un sys/utsname sys/wait
TABLE
	awk -F'\t' '$3 ~ /^[ ]*#[ ]*include[ ]*</ {
		what = $3; sub(/^[^<]*</, "", what); sub(/>.*/, "", what); print what "\t" $1 "\t" $2 }' "$tmp/stripped" |
	while IFS=$'\t' read -r header file line; do
		tr -s ' \n' '\n\n' <"$tmp/standard" | grep -qxF "${header%.h}" && continue
		allowed=$(awk -F'\t' -v h="$header" '$1 == h { print $2 }' "$tmp/foreign")
		found=
		set -f
		for pattern in $allowed; do
			# shellcheck disable=SC2254
			case $file in $pattern) found=1 ;; esac
		done
		set +f
		[ -n "$found" ] || echo "$file:$line: <$header> belongs in: ${allowed:-no file of the table}"
	done
	# Wherever it may live: one file only in src, whatever the pattern says.
	awk -F'\t' '$1 ~ /^src\// && $3 ~ /^[ ]*#[ ]*include[ ]*</ {
		what = $3; sub(/^[^<]*</, "", what); sub(/>.*/, "", what)
		if (!((what, $1) in seen)) { seen[what, $1] = 1; n[what]++; files[what] = files[what] " " $1 }
	}
	END { for (w in n) print w "\t" n[w] "\t" files[w] }' "$tmp/stripped" |
	awk -F'\t' 'NR == FNR { table[$1] = 1; next } ($1 in table) && $2 > 1 && $1 != "sodium.h" && $1 != "zlib.h" {
		print "<" $1 "> in " $2 " files:" $3 }' "$tmp/foreign" -
}

# ---- no writable globals. Object, symbol, why it may be.
globals() {
	local objects
	cat >"$tmp/writable" <<'TABLE'
src_base_log.c.o	threshold	the level of the log, set once at start
src_store_db_sqlite.c.o	configured	SQLite is configured once in a process (pthread_once)
TABLE
	objects=$(find "${BUILD:-build}" "${DEBUG:-build-debug}" -path '*liblapor_*.a.p/*.o' 2>/dev/null)
	if [ -n "$objects" ]; then
		# shellcheck disable=SC2086
		nm -A -f sysv --defined-only $objects 2>/dev/null | awk -F'|' '
		NR == FNR { split($0, f, "\t"); allowed[f[1] "/" f[2]] = 1; next }
		{
			split($1, head, ":"); object = head[1]; sub(/.*\//, "", object)
			name = $1; sub(/^[^:]*:/, "", name); gsub(/[ \t]/, "", name)
			section = $7; gsub(/[ \t]/, "", section); type = $4; gsub(/[ \t]/, "", type)
			if (type != "OBJECT" && type != "TLS") next
			if (section !~ /^(\.data|\.bss|\.tdata|\.tbss|\*COM\*|COMMON)/ || section ~ /^\.data\.rel\.ro/) next
			if (name ~ /^(__|\.L)/) next          # the sanitizers own what begins so
			plain = name; sub(/\.[0-9]+$/, "", plain)
			if (!((object "/" plain) in allowed) && !seen[object plain]++)
				print object ": " plain " is writable (" section ")"
		}' "$tmp/writable" -
	fi
	# Without a build, what the declarations tell; a table of an unnamed struct begins some lines above its name.
	xargs ctags -f - --sort=no --languages=C --langmap=C:.c.h --kinds-C=v --fields=+n <"$tmp/code" 2>/dev/null |
	awk -F'\t' -v table="$tmp/writable" '
	BEGIN { while ((getline line < table) > 0) { split(line, f, "\t"); allowed[f[2]] = 1 } }
	$2 !~ /^src\/.*\.c$/ || ($1 in allowed) { next }
	{
		at = $0; sub(/.*\tline:/, "", at); sub(/[^0-9].*/, "", at)
		if ($2 != loaded) { n = 0; while ((getline text[++n] < $2) > 0); close($2); loaded = $2 }
		for (at = at + 0; at > 1 && text[at] !~ /^[a-z]/; at--);
		if (text[at] !~ /const|^extern/) print $2 ":" at ": " $1 " is not const"
	}'
}

typedefs() {
	awk -F'\t' '$3 ~ /^ *typedef +(struct|union|enum)/ && $3 !~ /\(/ { print $1 ":" $2 ":" $3 }' "$tmp/stripped"
}

# ---- every function that returns enum rc is CHECKED where it is declared.
checked() {
	awk -F'\t' '$1 ~ /^src\/.*\.h$/ && $3 ~ /^(extern )?enum rc [a-z0-9_]+\(/ && $3 !~ /err_set/ {
		print $1 ":" $2 ": CHECKED is missing:" $3 }' "$tmp/stripped"
}

# ---- steps of SOPs are cited by ids that exist.
sop_ids() {
	awk 'FNR == 1 { sop = FILENAME; sub(/.*\//, "", sop); sub(/\.yaml$/, "", sop) }
		/^  - id: "[0-9]+[a-z]?"$/ { id = $3; gsub(/"/, "", id); print sop "#" id }' "$tools"/../../sop/*.yaml | sort >"$tmp/steps"
	[ -s "$tmp/steps" ] || echo "sop/: no steps found"
	grep -E '^(src|tests)/' "$tmp/all" | grep -v '^tests/source/' | xargs grep -noIE \
		'(^|[^a-z0-9-])(tjt-[0-9]+|lumajang|kapuas|jatim|magetan)#[0-9]+[a-z]?' 2>/dev/null |
		sed -E 's/:[^:]*[^a-z0-9:-](tjt|lumajang|kapuas|jatim|magetan)/:\1/' | sort -u >"$tmp/cited"
	awk -F: 'NR == FNR { known[$1] = 1; next } !($3 in known) { print $1 ":" $2 ": there is no step " $3 }' \
		"$tmp/steps" "$tmp/cited"
}
# ---- every step of the ten SOPs is played. tests/scenario/coverage.txt is written by the scenario ring from what its
# stories went through, and compared with it in every run; here it is read, step by step.
steps_played() {
	awk 'NR == FNR { if (NF > 1) played[$1] = 1; next } !($1 in played) { print "no scenario plays " $1 }' \
		tests/scenario/coverage.txt "$tmp/steps"
}
# ---- every conflict of the documents is decided, and a test that names it shows it.
conflicts() {
	for e in $(seq 1 21); do
		grep -q "^| E$e |" docs/decisions/0011-*.md || echo "E$e: no decision in docs/decisions/0011"
		grep -qE "(^|[^A-Za-z0-9])E$e([^0-9]|$)" tests/scenario/*.scn tests/cli/run.sh tests/unit/test_sop*.c ||
			echo "E$e: no test names it"
	done
}
# For reading: which story plays which step.
list_steps() {
	awk 'NR == FNR { story[$1] = $0; next } { s = story[$1]; sub(/^[^ ]+ /, "", s); print "# " $1 ": " s }' \
		tests/scenario/coverage.txt <(sort -V "$tmp/steps")
}

leftovers() {
	grep -E '^(src|tools|tests|bench|packaging|docs|data)/|^[A-Za-z.]+$|\.md$' "$tmp/all" |
	grep -vE '^tools/check-source\.sh$|\.(gz|png|woff2|xlsx|pdf)$' |
	xargs grep -nIE '(^|[^A-Za-z])(TODO|FIXME|XXX)([^A-Za-z]|$)' 2>/dev/null
}
spdx() {
	while read -r f; do
		head -n 1 "$f" | grep -qF '/* SPDX-License-Identifier: Apache-2.0' || echo "$f: the first line names no licence"
	done <"$tmp/code_and_tests"
}
machine_paths() {
	grep -vE '^tools/check-source\.sh$|\.(gz|png|woff2|xlsx|pdf)$' "$tmp/all" |
	xargs grep -nIE '(^|[^A-Za-z0-9_.-])/(work|home|root|Users)/[A-Za-z0-9]' 2>/dev/null
}
file_names() {
	grep -vE '^[A-Za-z0-9_./@-]+$' "$tmp/all"
	grep -E '^src/.*\.[ch]$' "$tmp/all" | grep -E '[A-Z-]'
}

rule "each layer includes only what lies below it" layers
rule "pages call no query that writes" web_reads
rule "exported names begin with the name of their file" prefixes
rule "no function has more than 100 lines" long_functions
rule "functions have a median of 20 lines and nine tenths 50 at most" function_sizes
rule "no file has more than 600 lines" file_sizes
rule "no line has more than 132 columns" columns
rule "nothing that is banned is called" banned_calls
rule "the clock is read at the edges only" now_at_edges
rule "core has no input or output" core_is_pure
rule "foreign headers stay in their one file" foreign_headers
rule "there are no writable globals" globals
rule "structs have no typedef" typedefs
rule "results of type enum rc are checked" checked
rule "nothing is left to be done" leftovers
rule "every source file names its licence" spdx
rule "no path of a machine is in the tree" machine_paths
rule "file names are plain" file_names
rule "cited steps of SOPs exist" sop_ids
if [ -d tests/scenario ] && [ -d docs/decisions ]; then
	rule "every step of the SOPs is played by a scenario" steps_played
	rule "every conflict of the SOPs is decided and shown" conflicts
	list_steps
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
