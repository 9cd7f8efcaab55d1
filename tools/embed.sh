#!/bin/sh
# Writes a C file that carries the given data files inside the binary, for src/cmd/data.h.
# Usage: tools/embed.sh OUTPUT.c FILE...   The files' names below data/ become the names to ask for; those
# of sop/ keep their folder.
set -eu
name_of() {
	case $1 in
	*.yaml) echo "sop/${1##*/}" ;;
	*) echo "${1##*data/}" ;;
	esac
}
out=$1
shift
{
	echo '/* Made by tools/embed.sh. */'
	echo '#include "cmd/data.h"'
	echo '#include <string.h>'
	i=0
	for file in "$@"; do
		printf '__asm__(".pushsection .rodata\\n.global embedded_%d\\nembedded_%d:\\n.incbin \\"%s\\"\\n"\n' $i $i "$(realpath "$file")"
		printf '\t".global embedded_%d_end\\nembedded_%d_end:\\n.byte 0\\n.popsection\\n");\n' $i $i
		printf 'extern const char embedded_%d[], embedded_%d_end[];\n' $i $i
		i=$((i + 1))
	done
	echo 'bool data_find(const char *name, struct data *ret)'
	echo '{'
	i=0
	for file in "$@"; do
		printf '\tif (strcmp(name, "%s") == 0) {\n' "$(name_of "$file")"
		printf '\t\t*ret = (struct data){ embedded_%d, (size_t)(embedded_%d_end - embedded_%d) };\n' $i $i $i
		printf '\t\treturn true;\n\t}\n'
		i=$((i + 1))
	done
	echo '	return false;'
	echo '}'
	echo 'const char *data_name(size_t i)'
	echo '{'
	echo '	static const char *const names[] = {'
	for file in "$@"; do printf '\t\t"%s",\n' "$(name_of "$file")"; done
	echo '	};'
	echo '	return i < sizeof(names) / sizeof(names[0]) ? names[i] : NULL;'
	echo '}'
} >"$out"
