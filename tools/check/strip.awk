# Blanks out comments and the contents of strings and characters; every line stays where it was.
# Input: C. Output: FILE<tab>LINE<tab>code, tabs in the code as blanks. Lines of #include keep their strings.
FNR == 1 { in_comment = 0 }
{
	rest = $0; out = ""
	gsub(/\t/, " ", rest)
	if (!in_comment && rest ~ /^ *# *include/) { print FILENAME "\t" FNR "\t" rest; next }
	while (rest != "") {
		if (in_comment) {
			end = index(rest, "*/")
			if (!end) { rest = ""; break }
			rest = substr(rest, end + 2); in_comment = 0
			out = out " "
			continue
		}
		if (!match(rest, /"|'|\/\*|\/\//)) { out = out rest; break }
		mark = substr(rest, RSTART, 1); two = substr(rest, RSTART, 2)
		out = out substr(rest, 1, RSTART - 1)
		rest = substr(rest, RSTART)
		if (two == "//") break
		if (two == "/*") { in_comment = 1; rest = substr(rest, 3); continue }
		rest = substr(rest, 2)
		if (mark == "\"") { if (!match(rest, /^([^"\\]|\\.)*"/)) break }
		else if (!match(rest, /^([^'\\]|\\.)*'/)) break
		rest = substr(rest, RLENGTH + 1)
		out = out mark mark
	}
	print FILENAME "\t" FNR "\t" out
}
